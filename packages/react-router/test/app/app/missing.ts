export const loader = (): Response => new Response("{}", { status: 404 });
