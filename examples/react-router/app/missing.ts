export const loader = (): Response => Response.json({ error: "Not found" }, { status: 404 });
