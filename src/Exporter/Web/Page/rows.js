// A table that shows some of many rows: only rows near the visible part have elements.

import { element, setEstimate, setText } from "./dom.js";

/** Up to so many rows all have elements, so that search in the page and screen readers find each. */
const mostElements = 300;
const spare = 12;

/**
 * A table body whose rows keep their elements from one update to the next, and their place while a pointer or the focus is on them.
 * A column is {className, header, text(row), error(row), title(row), tone(row), share(row), fill(cell, row)}; header makes the cell a row header,
 * error is the confidence interval of the text's figure. fill writes a cell whose content is more than text.
 */
export class Rows {
  #body; #columns; #key; #scroller; #rows = []; #offset = 0; #count = 0; #lines = new Map(); #height = 26; #before; #after;

  /** Called when the reader has scrolled to rows that are not here yet. */
  onMissing = () => {};

  constructor(table, columns, key) {
    this.#body = table.tBodies[0] ?? table.createTBody();
    this.#columns = columns;
    this.#key = key;
    this.#scroller = table.closest(".scroll");
    [this.#before, this.#after] = [element("tr", "gap"), element("tr", "gap")];
    for (const gap of [this.#before, this.#after]) {
      gap.append(element("td"));
      gap.setAttribute("aria-hidden", "true");
    }
    this.#scroller?.addEventListener("scroll", () => this.#isWindowed && this.#draw(), { passive: true });
  }

  get #isWindowed() {
    return this.#scroller !== null && this.#count > mostElements;
  }

  /** The rows near the visible part: {offset, limit}. */
  get near() {
    if (!this.#isWindowed) return { offset: 0, limit: mostElements };
    const visible = Math.ceil(this.#scroller.clientHeight / this.#height), first = Math.floor(this.#scroller.scrollTop / this.#height) - spare;
    return { offset: Math.max(0, Math.min(first, this.#count - visible)), limit: visible + 2 * spare };
  }

  /** Whether rows must stay where they are. */
  get isHeld() {
    return this.#body.matches(":hover") || (this.#body.contains(document.activeElement) && document.activeElement !== document.body);
  }

  /**
   * Shows rows: all of them, or those from an offset of a larger count. While the reader points at one, known rows keep their order, and new ones follow.
   */
  update(rows, { isSorted = false, offset = 0, count = rows.length } = {}) {
    if (this.isHeld && !isSorted && this.#rows.length && offset === this.#offset) {
      const news = new Map(rows.map(row => [this.#key(row), row]));
      const kept = this.#rows.map(row => this.#key(row)).filter(key => news.has(key)).map(key => {
        const row = news.get(key);
        news.delete(key);
        return row;
      });
      this.#rows = [...kept, ...news.values()];
    } else {
      this.#rows = rows;
    }
    [this.#offset, this.#count] = [offset, count];
    this.#draw();
  }

  #draw() {
    const end = this.#offset + this.#rows.length;
    let first = this.#offset, last = end;
    if (this.#isWindowed) {
      const { offset, limit } = this.near, wanted = Math.min(this.#count, offset + limit);
      // Without the spare rows around the visible ones, the reader sees a gap.
      if (offset + spare < first || wanted - spare > last) this.onMissing();
      first = Math.min(end, Math.max(first, offset));
      last = Math.max(first, Math.min(last, wanted));
    }
    const seen = new Set();
    let place = this.#body.firstElementChild;
    if (place === this.#before) place = place.nextElementSibling;
    for (let index = first; index < last; index++) {
      const row = this.#rows[index - this.#offset], key = this.#key(row);
      seen.add(key);
      let line = this.#lines.get(key);
      if (!line) this.#lines.set(key, line = this.#make());
      this.#write(line, row);
      if (this.#isWindowed) line.setAttribute("aria-rowindex", String(index + 2));
      if (line === place) place = place.nextElementSibling;
      else this.#body.insertBefore(line, place);
    }
    for (const [key, line] of this.#lines) {
      if (seen.has(key)) continue;
      line.remove();
      this.#lines.delete(key);
    }
    this.#pad(first, this.#count - last);
  }

  #pad(before, after) {
    const table = this.#body.parentElement;
    table.classList.toggle("windowed", this.#isWindowed);
    if (!this.#isWindowed) {
      this.#before.remove();
      this.#after.remove();
      table.removeAttribute("aria-rowcount");
      return;
    }
    table.setAttribute("aria-rowcount", String(this.#count + 1));
    const line = this.#lines.values().next().value;
    if (line?.offsetHeight) this.#height = line.offsetHeight;
    this.#stretch(this.#before, before, () => this.#body.prepend(this.#before));
    this.#stretch(this.#after, after, () => this.#body.append(this.#after));
  }

  /** Gives a gap the height of so many rows, or takes it away. */
  #stretch(gap, count, insert) {
    if (count === 0) {
      gap.remove();
      return;
    }
    gap.style.height = `${count * this.#height}px`;
    insert();
  }

  #make() {
    const line = element("tr");
    for (const column of this.#columns) {
      const cell = element(column.header ? "th" : "td", column.className);
      if (column.header) cell.scope = "row";
      line.append(cell);
    }
    return line;
  }

  #write(line, row) {
    if (line.row === row) return;
    line.row = row;
    this.#columns.forEach((column, index) => {
      const cell = line.cells[index];
      if (column.fill) column.fill(cell, row);
      else if (column.error) setEstimate(cell, column.text(row), column.error(row));
      else setText(cell, column.text(row));
      const className = [column.className, column.tone?.(row)].filter(Boolean).join(" ");
      if (cell.className !== className) cell.className = className;
      const title = column.title?.(row) ?? "";
      if (cell.title !== title) cell.title = title;
      if (column.share) cell.style.setProperty("--share", column.share(row).toFixed(3));
    });
  }
}

/** Head cells with buttons that sort. Calls changed with the name of the column. */
export function sortable(table, columns, changed) {
  const line = table.tHead?.rows[0] ?? table.createTHead().insertRow();
  line.replaceChildren(...columns.map(({ name, title, className, help }) => {
    const cell = element("th", className, name ? undefined : title);
    cell.scope = "col";
    if (help) cell.title = help;
    if (!name) return cell;
    const press = element("button", "", title);
    press.type = "button";
    press.dataset.sort = name;
    press.addEventListener("click", () => changed(name));
    cell.append(press);
    return cell;
  }));
}

/** Marks the sorted column for eyes and screen readers. */
export function markSort(table, sort, isAscending) {
  for (const press of table.tHead.querySelectorAll("button[data-sort]")) {
    const cell = press.parentElement;
    if (press.dataset.sort !== sort) cell.removeAttribute("aria-sort");
    else cell.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
  }
}
