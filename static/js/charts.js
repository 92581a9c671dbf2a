"use strict";
/* Draws a chart from the numbers that stand in the table beside it (core/ui/charts.py). */
(function () {
  // Told apart by the colour-blind: they differ in lightness as well as in hue.
  const COLOURS = ["#1f4e79", "#e0a030", "#a9b3bf", "#b3261e", "#5fa47d", "#5a3d7a"];
  // Where a colour means something (core/ui/charts.Series.colour) it is the one of the badges, as far as they can be told apart.
  const MEANT = { green: "#5fa47d", amber: "#e0a030", red: "#b3261e", "deep-red": "#5a0a10", blue: "#1f4e79", grey: "#a9b3bf", violet: "#5a3d7a" };
  const DARK = ["#1f4e79", "#b3261e", "#5a3d7a", "#5a0a10"]; // on these a number stands in white
  const INK = "#1d2733";

  function option(data) {
    const pie = data.kind === "pie";
    const many = data.series.length > 1 || pie;
    const lying = !pie && data.kind !== "line" && data.labels.some((label) => label.length > 5 || data.labels.length > 5);
    const axes = lying ? [numbers(), names(data, true)] : [names(data, false), numbers()];
    return {
      animation: false,
      color: COLOURS,
      // By name: a canvas that measures labels knows no "inherit" and measures them too short.
      textStyle: { color: INK, fontFamily: window.getComputedStyle(document.body).fontFamily },
      legend: many ? { top: 0, icon: "rect", itemWidth: 12, itemHeight: 12, textStyle: { color: INK } } : undefined,
      grid: { left: 8, right: 32, top: many ? 36 : 24, bottom: 8, containLabel: true },
      xAxis: pie ? undefined : axes[0],
      yAxis: pie ? undefined : axes[1],
      series: pie ? [slices(data)] : data.series.map((line, number) => bars(data, line, number, lying)),
    };
  }

  function bars(data, line, number, lying) {
    const stacked = data.kind === "stacked";
    const colour = MEANT[line.colour] || COLOURS[number % COLOURS.length];
    const most = largest(data);
    return {
      name: line.name,
      type: data.kind === "line" ? "line" : "bar",
      stack: stacked ? "all" : undefined,
      data: line.values,
      barMaxWidth: 28,
      symbolSize: 8,
      itemStyle: { color: colour },
      label: {
        show: true,
        color: stacked && DARK.indexOf(colour) >= 0 ? "#fff" : INK,
        position: stacked ? "inside" : lying ? "right" : "top",
        // In a stack a number needs room of its own; the table has them all.
        formatter: (point) => (stacked && point.value < most / 20 ? "" : String(point.value) + (data.unit || "")),
      },
    };
  }
  function slices(data) {
    return {
      type: "pie",
      radius: "62%",
      center: ["50%", "56%"],
      data: data.labels.map((label, place) => ({ name: label, value: data.series[0].values[place] })),
      label: { color: INK, formatter: "{b} {c}" + (data.unit || "") },
    };
  }
  function names(data, lying) {
    return { type: "category", data: data.labels, inverse: lying, axisTick: { show: false },
      axisLabel: { interval: 0, width: lying ? 144 : 84, overflow: "break", color: INK } };
  }
  function numbers() {
    return { type: "value", minInterval: 1, axisLabel: { color: INK }, splitLine: { lineStyle: { color: "#d9dee5" } } };
  }
  function largest(data) {
    const sums = data.labels.map((_, place) => data.series.reduce((sum, line) => sum + Number(line.values[place] || 0), 0));
    return Math.max.apply(null, sums.concat(0));
  }

  function draw(section) {
    const data = JSON.parse(document.getElementById(section.dataset.chart).textContent);
    const picture = section.querySelector(".chart-picture");
    if (!largest(data)) {
      picture.classList.add("chart-empty");
      picture.textContent = "暂无数据";
      return;
    }
    picture.classList.add("chart-drawn");
    const chart = window.echarts.init(picture, null, { renderer: "svg" });
    chart.setOption(option(data));
    window.addEventListener("resize", () => chart.resize());
    window.addEventListener("beforeprint", () => chart.resize());
    section.querySelector(".chart-table").open = false;
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (window.echarts) document.querySelectorAll("[data-chart]").forEach(draw);
  });
})();
