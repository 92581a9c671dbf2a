"use strict";
/* Tables edited in place: adding rows, moving by keyboard, and pasting a block copied from Excel. */
(function () {
  /* The cells of copied text, row by row; a cell in quotes may hold line breaks, tabs and doubled quotes. */
  function cellsOf(text) {
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const rows = [[]];
    const quoted = /"((?:[^"]|"")*)"(?=\t|\n|$)/y;
    const plain = /[^\t\n]*/y;
    for (let place = 0; place <= clean.length; place += 1) {
      quoted.lastIndex = plain.lastIndex = place;
      const inQuotes = quoted.exec(clean);
      const found = inQuotes || plain.exec(clean);
      rows[rows.length - 1].push(inQuotes ? found[1].replace(/""/g, '"') : found[0]);
      place += found[0].length; // now at a tab, a line break or the end
      if (clean[place] === "\n") rows.push([]);
    }
    return rows;
  }

  function setUp(table) {
    const prefix = table.dataset.tableForm;
    const form = table.closest("form");
    const total = form.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = form.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`);
    const template = form.querySelector("template[data-table-row]");
    const button = form.querySelector("[data-table-add]");
    const body = table.tBodies[0];
    const report = document.createElement("p");
    report.className = "hint-missing";
    report.setAttribute("role", "status");
    report.hidden = true;
    button.parentElement.after(report);

    function add() {
      const count = Number(total.value);
      if (most && count >= Number(most.value)) return null;
      const holder = document.createElement("tbody");
      holder.innerHTML = template.innerHTML.replace(/__prefix__/g, String(count));
      const row = holder.rows[0];
      row.cells[0].insertAdjacentText("afterbegin", String(count + 1));
      controls(row).forEach((control) => control.setAttribute("aria-label", "第" + (count + 1) + "行" + control.getAttribute("aria-label")));
      body.append(row);
      total.value = String(count + 1);
      return row;
    }
    function controls(row) {
      return Array.from(row.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea, select"));
    }
    function tell(words) {
      report.textContent = words;
      report.hidden = !words;
    }

    /* Puts `text` into a control; says whether it fits. */
    function put(control, text) {
      const value = text.trim();
      if (control.tagName !== "SELECT") { control.value = value; return true; }
      const option = Array.from(control.options).find((one) => one.text.trim() === value || one.value === value);
      if (option) control.value = option.value;
      return Boolean(option) || value === "";
    }
    function fill(row, first, cells) {
      const places = controls(row);
      return cells.map((cell, number) => {
        const control = places[first + number];
        if (!control) return cell.trim() ? "多出的一格“" + cell.trim() + "”" : "";
        return put(control, cell) ? "" : control.getAttribute("aria-label") + "没有“" + cell.trim() + "”这一选项";
      }).filter(Boolean);
    }
    function paste(event) {
      const text = (event.clipboardData || window.clipboardData).getData("text");
      const row = event.target.closest("tr");
      const first = row ? controls(row).indexOf(event.target) : -1;
      if (first < 0 || !/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      const problems = [];
      let here = row, left = 0;
      cellsOf(text).forEach((cells, number) => {
        if (number && here) here = here.nextElementSibling || add();
        if (here) problems.push.apply(problems, fill(here, first, cells)); else left += 1;
      });
      if (left) problems.push("最多填写 " + most.value + " 行，其余 " + left + " 行没有粘贴");
      tell(problems.length ? "粘贴时有内容没有填入：" + problems.join("；") + "。" : "");
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /* Enter and the arrows go to the same column of another row; Enter on the last row adds one. */
    function move(event) {
      const control = event.target;
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.isComposing || event.altKey || event.ctrlKey || control.tagName !== "INPUT" || control.type === "checkbox") return;
      const row = control.closest("tr");
      const place = controls(row).indexOf(control);
      const next = step < 0 ? row.previousElementSibling : row.nextElementSibling || (event.key === "Enter" ? add() : null);
      event.preventDefault();
      if (next) controls(next)[place].focus();
    }

    button.hidden = false;
    button.addEventListener("click", () => {
      const row = add();
      if (row) controls(row)[0].focus(); else tell("最多填写 " + most.value + " 行。");
    });
    table.addEventListener("paste", paste);
    table.addEventListener("keydown", move);
    form.addEventListener("sanwei:rows", (event) => {
      const wanted = Number(event.detail.get(prefix + "-TOTAL_FORMS") || 0);
      while (Number(total.value) < wanted && add()) { /* one row each time */ }
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-table-form]").forEach(setUp);
  });
})();
