"use strict";
/* Tables edited in place: adding rows, and pasting a block copied from Excel. */
(function () {
  function setUp(table) {
    const prefix = table.dataset.tableForm;
    const form = table.closest("form");
    const total = form.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = form.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`);
    const template = form.querySelector("template[data-table-row]");
    const button = form.querySelector("[data-table-add]");
    const body = table.tBodies[0];

    function add() {
      const count = Number(total.value);
      if (most && count >= Number(most.value)) return null;
      const html = template.innerHTML.replace(/__prefix__/g, String(count));
      const holder = document.createElement("tbody");
      holder.innerHTML = html;
      const row = holder.rows[0];
      row.cells[0].insertAdjacentText("afterbegin", String(count + 1));
      body.append(row);
      total.value = String(count + 1);
      return row;
    }
    function controls(row) {
      return Array.from(row.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea, select"));
    }
    function put(control, text) {
      const value = text.trim();
      if (control.tagName !== "SELECT") { control.value = value; return; }
      const option = Array.from(control.options).find((one) => one.text.trim() === value || one.value === value);
      if (option) control.value = option.value;
    }
    function paste(event) {
      const text = (event.clipboardData || window.clipboardData).getData("text");
      if (!text || !/[\t\n]/.test(text.trim())) return;
      const start = event.target.closest("tr");
      const first = start ? controls(start).indexOf(event.target) : -1;
      if (first < 0) return;
      event.preventDefault();
      let row = start;
      text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, number) => {
        if (number) row = row.nextElementSibling || add();
        if (!row) return;
        const cells = controls(row);
        line.split("\t").forEach((cell, place) => { if (cells[first + place]) put(cells[first + place], cell); });
      });
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }

    button.hidden = false;
    button.addEventListener("click", () => { const row = add(); if (row) controls(row)[0].focus(); });
    table.addEventListener("paste", paste);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-table-form]").forEach(setUp);
  });
})();
