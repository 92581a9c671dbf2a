"use strict";
/* Draws a chart from the numbers that stand in the table beside it. */
(function () {
  const COLOURS = ["#1f4e79", "#d98e04", "#b3261e", "#6b7480", "#1e7b45", "#7d5a1c"]; // told apart by the colour-blind
  const INK = "#1d2733";

  function option(data) {
    const pie = data.kind === "pie";
    const lying = !pie && data.labels.length > 5; // many or long names stand better on the left
    const bars = data.series.map((line, number) => ({
      name: line.name,
      type: pie ? "pie" : data.kind === "line" ? "line" : "bar",
      stack: data.kind === "stacked" ? "all" : undefined,
      data: pie ? data.labels.map((label, place) => ({ name: label, value: line.values[place] })) : line.values,
      barMaxWidth: 36,
      itemStyle: pie ? undefined : { color: COLOURS[number % COLOURS.length] },
      label: { show: true, color: data.kind === "stacked" ? "#fff" : INK, position: data.kind === "stacked" ? "inside" : lying ? "right" : "top",
        formatter: (point) => (point.value ? String(point.value) : "") },
    }));
    return {
      animation: false,
      color: COLOURS,
      textStyle: { color: INK, fontFamily: "inherit" },
      legend: data.series.length > 1 ? { top: 0 } : undefined,
      grid: { left: 8, right: 8, top: data.series.length > 1 ? 36 : 24, bottom: 8, containLabel: true },
      xAxis: pie ? undefined : lying ? numbers() : names(data, false),
      yAxis: pie ? undefined : lying ? names(data, true) : numbers(),
      series: bars,
    };
  }

  function names(data, lying) {
    return { type: "category", data: data.labels, inverse: lying, axisLabel: { interval: 0, width: lying ? 130 : 84, overflow: "break", color: INK } };
  }
  function numbers() {
    return { type: "value", minInterval: 1, axisLabel: { color: INK } };
  }

  function draw(section) {
    const data = JSON.parse(document.getElementById(section.dataset.chart).textContent);
    const picture = section.querySelector(".chart-picture");
    const chart = window.echarts.init(picture, null, { renderer: "svg" });
    chart.setOption(option(data));
    window.addEventListener("resize", () => chart.resize());
    section.querySelector(".chart-table").open = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (window.echarts) document.querySelectorAll("[data-chart]").forEach(draw);
  });
})();
