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

/** A figure and its confidence interval. */
export function setEstimate(parent, figure, error) {
  if (!parent.childElementCount) parent.replaceChildren(element("span"), " ", element("span", "error"));
  setText(parent.children[0], figure);
  setText(parent.children[1], error);
}

/**
 * A table body whose rows keep their elements from one update to the next.
 * A column is {className, header, text(row), error(row), title(row), tone(row), share(row), fill(cell, row)}; header makes the cell a row header,
 * error is the confidence interval of the text's figure.
 */
export class LiveTable {
  constructor(body, columns, key) {
    this.body = body;
    this.columns = columns;
    this.key = key;
    this.rows = new Map();
  }

  update(rows) {
    const seen = new Set();
    let place = this.body.firstElementChild;
    for (const row of rows) {
      const key = this.key(row);
      seen.add(key);
      let line = this.rows.get(key);
      if (!line) {
        line = this.make();
        this.rows.set(key, line);
      }
      this.write(line, row);
      if (line === place) place = place.nextElementSibling;
      else this.body.insertBefore(line, place);
    }
    for (const [key, line] of this.rows) {
      if (seen.has(key)) continue;
      line.remove();
      this.rows.delete(key);
    }
  }

  make() {
    const line = element("tr");
    for (const column of this.columns) {
      const cell = element(column.header ? "th" : "td", column.className);
      if (column.header) cell.scope = "row";
      line.append(cell);
    }
    return line;
  }

  write(line, row) {
    this.columns.forEach((column, index) => {
      const cell = line.cells[index];
      if (column.fill) {
        column.fill(cell, row);
        return;
      }
      if (column.error) setEstimate(cell, column.text(row), column.error(row));
      else setText(cell, column.text(row));
      const className = [column.className, column.tone?.(row)].filter(Boolean).join(" ");
      if (cell.className !== className) cell.className = className;
      const title = column.title?.(row) ?? "";
      if (cell.title !== title) cell.title = title;
      if (column.share) cell.style.setProperty("--share", column.share(row).toFixed(3));
    });
  }
}
