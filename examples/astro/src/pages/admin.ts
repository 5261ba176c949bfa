export const GET = (): Response => Response.json({ message: "nobody gets here" });
