import { createElement, type ReactElement, type ReactNode } from "react";

export default function Layout(props: { readonly children: ReactNode }): ReactElement {
  return createElement("html", { lang: "en" }, createElement("body", null, props.children));
}
