// The live feed: asks for what is new and puts it on top. Texts go in as texts, never as markup.

interface Row {
  readonly [name: string]: string | number | null;
}

const EVERY_MS = 1_500;
const MAX_ROWS = 200;

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function lineOf(row: Row): HTMLElement {
  const text = (name: string): string => String(row[name] ?? "");
  const cell = (className: string, ...inside: (Node | string)[]): HTMLElement => {
    const made = element("td", className);
    made.setAttribute("role", "cell");
    made.append(...inside);
    return made;
  };
  const link = document.createElement("a");
  link.href = `/decisions/${encodeURIComponent(text("id"))}`;
  link.textContent = text("id");
  const dry =
    row["dry"] === null ? [] : [element("span", "tag is-dry", `would deny: ${text("dryName")}`)];
  const time = new Date(Number(row["time"])).toISOString().replace("T", " ").slice(0, 19);
  const line = element("tr", "new");
  line.setAttribute("role", "row");
  line.append(
    cell("when", time),
    cell("what", element("span", `tag is-${text("conclusion").toLowerCase()}`, text("conclusion"))),
    cell("rule", text("ruleName"), ...dry),
    cell("request", element("code", "", `${text("method")} ${text("path")}`)),
    cell(
      "client",
      element("code", "", text("ip") || "unknown"),
      " ",
      element("bdi", "", text("country")),
    ),
    cell("site", text("site")),
    cell("id", link),
  );
  return line;
}

/** Makes the button of the page start and stop the feed. */
export function followLive(): void {
  const button = document.querySelector<HTMLButtonElement>("button[data-live]");
  const feed = document.querySelector("[data-feed]");
  const status = document.querySelector("[data-live-status]");
  if (!button || !feed || !status) return;
  let after = button.dataset["after"] ?? "0";
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (): Promise<void> => {
    try {
      const url = new URL(button.dataset["live"] ?? "", location.href);
      url.searchParams.set("after", after);
      const answer = await fetch(url, { headers: { accept: "application/json" } });
      if (answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const { after: last, rows } = (await answer.json()) as { after: number; rows: Row[] };
      after = String(last);
      for (const row of rows) feed.prepend(lineOf(row));
      while (feed.children.length > MAX_ROWS) feed.lastElementChild?.remove();
      if (rows.length > 0) status.textContent = `${rows.length} new decisions`;
      button.classList.remove("bad");
    } catch {
      status.textContent = "The log does not answer";
      button.classList.add("bad");
    }
    if (timer !== undefined) timer = setTimeout(() => void next(), EVERY_MS);
  };
  /** Nobody looks at a page that is hidden: it catches up when it is shown. */
  const next = (): Promise<void> | undefined => {
    if (!document.hidden) return look();
    document.addEventListener("visibilitychange", () => void next(), { once: true });
    return undefined;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = timer === undefined;
    button.setAttribute("aria-pressed", String(on));
    clearTimeout(timer);
    timer = on ? setTimeout(() => void next(), 0) : undefined;
    status.textContent = on ? "Following what is decided" : "";
  });
}
