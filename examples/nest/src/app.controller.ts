import {
  ARCJET,
  ArcjetDecision,
  ArcjetGuard,
  tokenBucket,
  validateEmail,
  WithArcjetRules,
  type Decision,
  type NestArcjet,
  type NestRequest,
} from "@arcjet/nest";
import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpCode,
  Inject,
  Post,
  Req,
  UseGuards,
} from "@nestjs/common";

const signup = validateEmail({ mode: "LIVE", deny: ["INVALID", "DISPOSABLE"] });
const bucket = tokenBucket({ mode: "LIVE", refillRate: 1, interval: 10, capacity: 5 });

@Controller()
export class AppController {
  readonly #signup;

  constructor(@Inject(ARCJET) aj: NestArcjet) {
    this.#signup = aj.withRule(signup);
  }

  @Get()
  visitor(@ArcjetDecision() decision: Decision): Decision {
    return decision;
  }

  @Get("limited")
  @UseGuards(ArcjetGuard)
  @WithArcjetRules(bucket)
  limited(): object {
    return { message: "within the limit" };
  }

  @Get("admin")
  admin(): object {
    return { message: "nobody gets here" };
  }

  @Post("signup")
  @HttpCode(200)
  async signup(@Req() request: NestRequest, @Body() body: { email?: string }): Promise<object> {
    const decision = await this.#signup.protect(request, { email: body.email ?? "" });
    if (decision.isDenied()) throw new ForbiddenException("this address cannot sign up");
    return { message: "welcome" };
  }
}
