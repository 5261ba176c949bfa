import { json } from "@sveltejs/kit";

export const GET = (): Response => json({ message: "nobody gets here" });
