// All data enters the page here, as text and never as markup.

export const byId = id => document.getElementById(id);

/** Writes text only if it differs, so that nothing flickers and a selection is kept. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A button that looks like a link, with what a click does. */
export function button(text, className, act, title) {
  const made = element("button", className, text);
  made.type = "button";
  if (title) made.title = title;
  made.addEventListener("click", act);
  return made;
}

/** A link to another view of this page, which also opens in a new tab. */
export function link(text, address, title) {
  const made = element("a", "", text);
  made.href = address;
  if (title) made.title = title;
  return made;
}

/** A figure and its confidence interval. */
export function setEstimate(parent, figure, error) {
  if (!parent.childElementCount) parent.replaceChildren(element("span"), " ", element("span", "error"));
  setText(parent.children[0], figure);
  setText(parent.children[1], error);
}

/** Fills a list of choices once: pairs of value and text. */
export function fillSelect(select, choices) {
  select.replaceChildren(...choices.map(([value, text]) => {
    const option = element("option", "", text);
    option.value = value;
    return option;
  }));
}
