// Makes the charts of a page explorable, on demand: each has its options beside its drawing, as JSON. Text in them is
// drawn on a canvas and never becomes markup.
import {init, use} from 'echarts/core';
import {HeatmapChart, LineChart} from 'echarts/charts';
import {DataZoomInsideComponent, GridComponent, TitleComponent, TooltipComponent, VisualMapPiecewiseComponent} from 'echarts/components';
import {CanvasRenderer} from 'echarts/renderers';

use([HeatmapChart, LineChart, DataZoomInsideComponent, GridComponent, TitleComponent, TooltipComponent, VisualMapPiecewiseComponent, CanvasRenderer]);

// The names of colours in options, as the style sheet has them.
const paints = {
  '#000001': '--ink', '#000002': '--dim', '#000003': '--rule', '#000004': '--accent',
  '#000011': '--h1', '#000012': '--h2', '#000013': '--h3', '#000014': '--h4', '#000015': '--h5',
};

const painted = (value, style) => {
  if (Array.isArray(value)) return value.map((v) => painted(v, style));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, painted(v, style)]));
  return paints[value] ? style.getPropertyValue(paints[value]).trim() : value;
};

for (const button of document.querySelectorAll('button.explore')) {
  const region = button.previousElementSibling;
  const still = region.querySelector('svg');
  const words = button.textContent;
  let stage = null;
  button.hidden = false;
  button.addEventListener('click', () => {
    if (stage) {
      stage.chart.dispose();
      stage.box.remove();
      stage = null;
      still.removeAttribute('hidden');
      button.textContent = words;
      button.setAttribute('aria-pressed', 'false');
      return;
    }
    const style = getComputedStyle(document.documentElement);
    const option = painted(JSON.parse(button.nextElementSibling.textContent), style);
    option.tooltip = {
      show: true, trigger: 'item', renderMode: 'richText', confine: true,
      backgroundColor: style.getPropertyValue('--card').trim(), borderColor: style.getPropertyValue('--rule').trim(),
      textStyle: {color: style.getPropertyValue('--ink').trim()},
    };
    const axes = [].concat(option.xAxis).map((_, i) => i);
    option.dataZoom = [{type: 'inside', xAxisIndex: axes, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false}];
    for (const series of option.series) {
      if (series.showSymbol) series.emphasis = {scale: 1.6};
      for (const point of series.data) {
        if (point.symbol !== 'emptyCircle') continue; // the library fills it with white
        point.symbol = 'circle';
        point.itemStyle = {color: style.getPropertyValue('--card').trim(), borderColor: series.itemStyle.color, borderWidth: 2};
      }
      if (series.type === 'heatmap') { // a value is column, row, step of colour and the number as it is written
        const [columns, rows] = [option.xAxis, option.yAxis].map((axes) => [].concat(axes)[0].data);
        series.emphasis = {disabled: true}; // it would bleach the colour that says the number
        series.tooltip = {formatter: ({value}) => `${rows[value[1]]}\n${columns[value[0]]}: ${value[3]}`};
      }
    }
    const box = document.createElement('div');
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', still.getAttribute('aria-label'));
    const [, , width, height] = still.getAttribute('viewBox').split(' ').map(Number);
    region.append(box);
    still.setAttribute('hidden', '');
    const chart = init(box, null, {renderer: 'canvas', width, height});
    chart.setOption(option);
    stage = {box, chart};
    button.textContent = button.dataset.back;
    button.setAttribute('aria-pressed', 'true');
  });
}
