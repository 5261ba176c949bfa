import { ArcjetModule, detectBot, filter, shield } from "@arcjet/nest";
import { Module } from "@nestjs/common";
import { AppController } from "./app.controller.ts";

/** The app: every request is judged for attacks and bots, some routes by rules of their own. */
@Module({
  imports: [
    ArcjetModule.forRoot({
      isGlobal: true,
      rules: [
        shield({ mode: "LIVE" }),
        detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
        filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
      ],
    }),
  ],
  controllers: [AppController],
})
// oxlint-disable-next-line typescript/no-extraneous-class -- a module of Nest is a class.
export class AppModule {}
