// What the page does where scripts run: figures under the pointer, highlights, sorting, the dark page, print.
// Without it every chart and table is there. Text is only ever set as text, never as markup.
(() => {
  "use strict";
  const $ = (css, from = document) => from.querySelector(css);
  const all = (css, from = document) => [...from.querySelectorAll(css)];
  const words = JSON.parse($("#words").textContent);
  const make = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // Numbers as the language writes them.
  const fixed = (value, digits) => {
    const [whole, part] = Math.abs(value).toFixed(digits).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.group);
    const plain = part ? grouped + words.mark + part : grouped;
    const shown = words.digits ? plain.replace(/\d/g, (digit) => words.digits[digit]) : plain;
    return value < 0 && /[1-9]/.test(plain) ? "\u2212" + shown : shown;
  };
  const percent = (text) => words.percent.replace("{}", text);
  // As many times: two digits, more above ten.
  const times = (value) => fixed(value, value >= 9.95 || value <= 0 ? 0 : value >= 0.995 ? 1 : 2);
  const signed = (value) => (value > 0 ? "+" : "") + fixed(value * 100, 1);
  const written = {
    of: ([k, n]) => words.of.replace("{k}", fixed(k, 0)).replace("{n}", fixed(n, 0)),
    count: ([k]) => fixed(k, 0),
    decimal: ([value]) => fixed(value, 1),
    percent: ([share]) => percent(fixed(share * 100, 1)),
    range: ([lo, hi]) => percent(fixed(lo * 100, 1) + "–" + fixed(hi * 100, 1)),
    times: ([value]) => "×" + times(value),
    power: ([value]) => "×" + times(2 ** value),
    between: ([lo, hi]) => times(lo) + "–" + times(hi),
    chance: ([value]) => (value < 0.001 ? "<" + fixed(0.001, 3) : fixed(value, 3)),
    points: ([value, lo, hi]) =>
      signed(value) + (lo == null ? "" : ` (${signed(lo)} ${words.to} ${signed(hi)})`),
  };

  // The panel: actors with their figures at one column or row of a chart.
  const fill = (panel, tips, at) => {
    panel.replaceChildren();
    const title = make("p", tips.by.includes("term") ? "at word" : "at", tips.called[at]);
    if (tips.partial.includes(at)) title.append(make("span", "", ` (${words.partial})`));
    const table = make("table");
    const head = table.createTHead().insertRow();
    const named = tips.series.length > 1 || tips.series[0];
    if (named) head.append(make("td"));
    for (const figure of tips.figures) {
      const cell = make("th", "", figure.head);
      cell.scope = "col";
      head.append(cell);
    }
    const body = table.createTBody();
    const wide = tips.series.length;
    const value = (figure, part, series) => {
      const column = figure.v[part];
      return column.length > tips.keys.length ? column[at * wide + series] : column[at];
    };
    const first = tips.figures.find((figure) => figure.as === "percent") ?? tips.figures[0];
    const order = tips.series.map((_, place) => place);
    order.sort((one, two) => (value(first, 0, two) ?? -1) - (value(first, 0, one) ?? -1));
    if (first.as === "count") order.reverse();
    for (const series of order) {
      const row = body.insertRow();
      row.dataset.series = tips.series[series];
      if (named) {
        const name = make("th", "", tips.names[series]);
        name.scope = "row";
        row.append(name);
      }
      for (const figure of tips.figures) {
        const values = figure.v.map((_, part) => value(figure, part, series));
        const cell = row.insertCell();
        cell.className = figure.as;
        figure.of.forEach((column, part) => cell.setAttribute("data-" + column, values[part] ?? ""));
        const text = values[0] == null ? "—" : written[figure.as](values);
        // Eastern digits stand from the right: their signs at the right, their units at the left.
        cell.textContent = words.digits ? `\u2067${text}\u2069` : text;
      }
    }
    const link = make("a", "", words.evidence);
    link.href = "evidence/mentions.csv";
    panel.append(title, table, link);
  };

  // A chart: its columns under the pointer, the arrow keys and the finger.
  const explore = (figure, tips) => {
    const scroller = $(".scroller", figure), sheet = $(".sheet", figure), svg = $("svg", sheet);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const share = (element, left, top, wide, high) => {
      Object.assign(element.style, {
        left: `${(left / width) * 100}%`, top: `${(top / height) * 100}%`,
        width: `${(wide / width) * 100}%`, height: `${(high / height) * 100}%`,
      });
    };
    const lefts = tips.panels.map((panel) => panel[0]), tops = tips.panels.map((panel) => panel[1]);
    const left = Math.min(...lefts), top = Math.min(...tops);
    const right = Math.max(...tips.panels.map((panel) => panel[0] + panel[2]));
    const bottom = Math.max(...tips.panels.map((panel) => panel[1] + panel[3]));
    const slider = make("div", "cursor");
    const last = tips.keys.length - 1;
    Object.assign(slider, { tabIndex: 0, role: "slider" });
    slider.setAttribute("aria-label", words[tips.by[0]] ?? words.entity);
    slider.setAttribute("aria-orientation", tips.across || tips.cells ? "horizontal" : "vertical");
    slider.setAttribute("aria-valuemin", 1);
    slider.setAttribute("aria-valuemax", last + 1);
    share(slider, left, top, right - left, bottom - top);
    // Where cells are told, one frame goes from cell to cell; else each plot has its mark.
    const plots = tips.cells ? tips.panels.slice(0, 1) : tips.panels;
    const marks = plots.map(() => sheet.appendChild(make("div", tips.cells ? "cell" : tips.wide ? "band" : "rule")));
    const panel = make("div", "panel");
    panel.hidden = true;
    sheet.append(slider);
    figure.append(panel);
    scroller.removeAttribute("tabindex");
    let at = tips.cells ? 0 : last, held = false;
    const tell = () => {
      slider.setAttribute("aria-valuenow", at + 1);
      slider.setAttribute("aria-valuetext", tips.called[at]);
    };
    const show = (next) => {
      const fresh = panel.hidden || next !== at;
      at = Math.max(0, Math.min(last, next));
      tell();
      plots.forEach(([x, y, wide, high], place) => {
        const from = tips.at[at] - tips.wide / 2;
        if (tips.cells) share(marks[place], ...tips.panels[at]);
        else if (tips.across) share(marks[place], x + from, y, tips.wide, high);
        else share(marks[place], x, y + from, wide, tips.wide);
      });
      if (!fresh) return;
      fill(panel, tips, at);
      panel.hidden = false;
      figure.classList.add("told");
      // Beside the mark, on the side that has more room.
      const frame = figure.getBoundingClientRect(), mark = marks[0].getBoundingClientRect();
      const middle = mark.left + mark.width / 2 - frame.left;
      const sideways = tips.across || tips.cells;
      const before = sideways ? middle > frame.width / 2 : document.dir !== "rtl";
      const beside = sideways ? mark.width / 2 + 14 : 0;
      const most = frame.width - panel.offsetWidth - 8;
      // A cell as wide as half the chart has no room beside it.
      const below = tips.cells && (before ? middle - beside : frame.width - middle - beside) < panel.offsetWidth + 8;
      const place = below ? Math.min(Math.max(middle - panel.offsetWidth / 2, 8), most) : sideways ? (before ? middle - beside - panel.offsetWidth : middle + beside) : before ? most : 8;
      panel.style.left = `${Math.max(8, Math.min(most, place))}px`;
      const high = slider.getBoundingClientRect(), room = frame.height - panel.offsetHeight - 8;
      const upper = below ? (mark.bottom - frame.top + 4 > room ? mark.top - frame.top - panel.offsetHeight - 4 : mark.bottom - frame.top + 4)
        : tips.cells ? Math.min(mark.top - frame.top, room) : tips.across ? high.top - frame.top + 8 : mark.bottom - frame.top + 4;
      panel.style.top = `${Math.max(8, upper)}px`;
    };
    const hide = () => {
      panel.hidden = true;
      held = false;
      figure.classList.remove("told");
    };
    const nearest = (event) => {
      const box = svg.getBoundingClientRect(), scale = width / box.width;
      const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
      const away = ([from, upper, wide, high]) =>
        Math.max(from - x, 0, x - from - wide) + Math.max(upper - y, 0, y - upper - high);
      if (tips.cells)
        return tips.panels.reduce((best, cell, now) => (away(cell) < away(tips.panels[best]) ? now : best), 0);
      const here = tips.panels.reduce((one, two) => (away(two) < away(one) ? two : one));
      const want = tips.across ? x - here[0] : y - here[1];
      return tips.at.reduce((best, place, now) =>
        Math.abs(place - want) < Math.abs(tips.at[best] - want) ? now : best, 0);
    };
    // The next cell that way: the nearest whose middle lies farther on, the straight way before all others.
    const beyond = (key) => {
      const [turn, side] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [-1, 1], ArrowDown: [1, 1] }[key] ?? [0, 0];
      if (!turn) return NaN;
      const middle = (cell, side) => cell[side] + cell[side + 2] / 2, here = tips.panels[at];
      const far = (cell) => {
        const along = turn * (middle(cell, side) - middle(here, side));
        return along > 1 ? along + 8 * Math.abs(middle(cell, 1 - side) - middle(here, 1 - side)) : Infinity;
      };
      return tips.panels.reduce((best, cell, now) => (far(cell) < (best === at ? Infinity : far(tips.panels[best])) ? now : best), at);
    };
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1, PageUp: -4, PageDown: 4 };
    slider.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return hide();
      const arrow = tips.cells && event.key.startsWith("Arrow") && !panel.hidden ? beyond(event.key) : undefined;
      const next = { Home: 0, End: last, Enter: at }[event.key] ?? arrow ?? at + (panel.hidden ? 0 : steps[event.key]);
      if (Number.isNaN(next)) return;
      if (!(event.key in steps) && !["Home", "End", "Enter"].includes(event.key)) return;
      event.preventDefault();
      show(next);
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      slider.focus();
      hide();
    });
    slider.addEventListener("pointermove", (event) => { if (!held) show(nearest(event)); });
    slider.addEventListener("click", (event) => {
      show(nearest(event));
      held = event.pointerType === "mouse" ? !held : true;
    });
    figure.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !held && !figure.contains(document.activeElement)) hide();
    });
    figure.addEventListener("focusout", (event) => {
      if (!figure.contains(event.relatedTarget)) hide();
    });
    document.addEventListener("pointerdown", (event) => { if (!figure.contains(event.target)) hide(); });
    tell();
    // Direct labels: a button over each.
    const names = Object.fromEntries(tips.series.map((id, place) => [id, tips.names[place]]));
    for (const label of all("g[data-label]", svg)) {
      const { series } = label.dataset;
      const boxes = all("text", label).map((text) => text.getBBox());
      if (!boxes.length) continue;
      const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
      const end = Math.max(...boxes.map((box) => box.x + box.width)), high = boxes[0].height;
      const button = make("button", "label");
      button.type = "button";
      button.setAttribute("aria-pressed", false);
      button.setAttribute("aria-label", words.highlight.replace("{}", names[series] || label.textContent));
      share(button, x - 6, y - 1, end - x + 12, high + 2);
      const dim = (id) => {
        svg.classList.toggle("dim", id !== undefined);
        for (const part of all("[data-series]", svg)) part.classList.toggle("on", part.dataset.series === id);
      };
      const pinned = () => $(".label[aria-pressed=true]", sheet)?.dataset.series;
      button.dataset.series = series;
      for (const kind of ["pointerenter", "focus"]) button.addEventListener(kind, () => dim(series));
      for (const kind of ["pointerleave", "blur"]) button.addEventListener(kind, () => dim(pinned()));
      button.addEventListener("click", () => {
        const now = button.getAttribute("aria-pressed") !== "true";
        for (const other of all(".label", sheet)) other.setAttribute("aria-pressed", now && other === button);
        dim(now ? series : undefined);
      });
      sheet.append(button);
    }
  };
  for (const data of all("figure > script")) explore(data.parentElement, JSON.parse(data.textContent));

  // Tables: a button in each head; up, down, as it was.
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  for (const table of all(".scroll > table")) {
    const body = table.tBodies[0], original = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH" || original.length < 2) return;
      const button = make("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      const number = table.classList.contains(`n${column + 1}`);
      const key = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent;
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending" }[head.getAttribute("aria-sort") ?? "none"];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        const turn = next === "descending" ? -1 : 1;
        const rows = next ? original.slice().sort((one, two) => {
          const [a, b] = [key(one), key(two)];
          if (a === "" || b === "") return (a === "") - (b === "");
          return turn * (number ? a - b : compare(a, b));
        }) : original;
        body.append(...rows);
      });
    });
  }

  // The dark page: as the system has it, until the reader chooses.
  const root = document.documentElement, dark = $(".dark"), system = matchMedia("(prefers-color-scheme: dark)");
  const store = (value) => {
    try {
      return value ? localStorage.setItem("marsad-theme", value) : localStorage.getItem("marsad-theme");
    } catch { return null; }
  };
  const theme = (chosen) => {
    if (chosen) root.dataset.theme = chosen;
    dark.setAttribute("aria-pressed", (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark");
  };
  if (CSS.supports("color", "light-dark(red, red)")) {
    dark.hidden = false;
    theme(store());
    system.addEventListener("change", () => theme());
    dark.addEventListener("click", () => {
      const chosen = dark.getAttribute("aria-pressed") === "true" ? "light" : "dark";
      store(chosen);
      theme(chosen);
    });
  }

  // Paper: the figures of a chart where they are short.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])").filter((it) => Number(it.dataset.rows ?? 99) <= 40);
    for (const it of opened) it.open = true;
  });
  addEventListener("afterprint", () => { for (const it of opened) it.open = false; });
})();
