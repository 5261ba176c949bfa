import { createApp } from "./app.ts";

const port = Number(process.env.PORT ?? 3000);
// The example is tried from the machine it runs on, whose loopback address is no public one.
process.env.ARCJET_ENV ??= "development";

createApp().listen(port, () => {
  const base = `http://localhost:${port}`;
  console.log(`
  The protected app is at ${base}

  Open it in a browser, then try:
    curl -i ${base}/                                                 # 403: curl is a bot
    curl -i -A "Mozilla/5.0 Firefox/140.0" "${base}/?id=1'+UNION+SELECT+1,2--"   # 403: an attack
    curl -i -A "Mozilla/5.0 Firefox/140.0" ${base}/limited             # 429 at the sixth within ten seconds
    curl -i -A "Mozilla/5.0 Firefox/140.0" ${base}//ADMIN/             # 403: however it is written
    curl -i -A "Mozilla/5.0 Firefox/140.0" -H "content-type: application/json" \\
         -d '{"email":"a@mailinator.com"}' ${base}/signup              # 403: a disposable address
`);
});
