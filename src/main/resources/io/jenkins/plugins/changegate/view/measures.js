/* Draws the charts of the page of measures in the colours of the theme; the tables beside them have the same numbers. */
(function () {
  const COLOURS = {
    accent: "var(--accent-color)",
    red: "var(--red)",
    green: "var(--green)",
    orange: "var(--orange)",
    dim: "color-mix(in srgb, var(--text-color-secondary) 75%, var(--background))",
    text: "var(--text-color)",
    line: "color-mix(in srgb, var(--text-color-secondary) 30%, var(--background))",
    back: "var(--background)"
  };

  /* Themes name colours in ways that only the browser reads; the library wants red, green and blue. */
  function colours(element) {
    const probe = document.createElement("span");
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    element.append(probe);
    const read = {};
    for (const name of Object.keys(COLOURS)) {
      probe.style.color = "";
      probe.style.color = COLOURS[name];
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = getComputedStyle(probe).color;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      read[name] = `rgba(${r}, ${g}, ${b}, ${a / 255})`;
    }
    probe.remove();
    return read;
  }

  function axis(kind, name, paint, further) {
    return Object.assign(
      {
        type: kind,
        name: name,
        nameTextStyle: { color: paint.text },
        axisLabel: { color: paint.text, hideOverlap: true },
        axisLine: { lineStyle: { color: paint.line } },
        axisTick: { show: false },
        splitLine: { show: kind === "value", lineStyle: { color: paint.line } }
      },
      further
    );
  }

  function interval(series, paint) {
    return {
      type: "custom",
      name: series.interval,
      silent: true,
      encode: { x: 0, y: [1, 2] },
      z: 3,
      data: series.low.map((low, at) => [at, low, series.high[at]]),
      renderItem: function (params, api) {
        const low = api.coord([api.value(0), api.value(1)]);
        const high = api.coord([api.value(0), api.value(2)]);
        const style = { stroke: paint.text, lineWidth: 1.5, fill: null };
        const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: style });
        return {
          type: "group",
          children: [
            line(low[0], low[1], high[0], high[1]),
            line(low[0] - 5, low[1], low[0] + 5, low[1]),
            line(high[0] - 5, high[1], high[0] + 5, high[1])
          ]
        };
      }
    };
  }

  function draw(chart, paint) {
    const option = {
      animation: false,
      textStyle: { fontFamily: "inherit", color: paint.text },
      tooltip: {
        trigger: "axis",
        backgroundColor: paint.back,
        borderColor: paint.line,
        textStyle: { color: paint.text },
        renderMode: "richText"
      },
      legend: { textStyle: { color: paint.text }, top: 0, data: chart.series.map(series => series.name) },
      grid: { left: 8, right: 8, bottom: 8, top: 56, containLabel: true },
      xAxis: axis("category", "", paint, { data: chart.names }),
      yAxis: [axis("value", chart.unit, paint, { min: 0 })]
    };
    option.series = chart.series.map((series, at) => {
      const line = chart.kind === "lines" || (chart.kind === "trend" && at > 0);
      const point = chart.kind === "intervals";
      return {
        type: line ? "line" : point ? "scatter" : "bar",
        name: series.name,
        data: series.values,
        barMaxWidth: 48,
        symbolSize: point ? 10 : 5,
        symbol: point && at > 0 ? "diamond" : "circle",
        showSymbol: chart.names.length < 30,
        yAxisIndex: chart.kind === "trend" && at > 0 ? 1 : 0,
        itemStyle: { color: paint[series.colour] },
        lineStyle: { color: paint[series.colour], width: 2 },
        z: 4
      };
    });
    if (chart.kind === "trend") {
      option.yAxis.push(axis("value", chart.percent, paint, { min: 0, splitLine: { show: false } }));
    }
    if (chart.kind === "intervals") {
      option.series.push(interval(Object.assign({ interval: chart.interval }, chart.series[0]), paint));
    }
    return option;
  }

  Behaviour.specify(".change-gate-chart[data-chart]", "change-gate-measures", 0, function (element) {
    if (!window.echarts) {
      element.hidden = true;
      return;
    }
    const chart = JSON.parse(element.dataset.chart);
    const shown = window.echarts.init(element);
    const paint = () => shown.setOption(draw(chart, colours(element)), true);
    paint();
    new ResizeObserver(() => shown.resize()).observe(element);
    new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  });
})();
