export const loader = (): Response => Response.json({ message: "nobody gets here" });
