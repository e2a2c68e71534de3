import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";
import { deserializeDateTime } from "@web/core/l10n/dates";

import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";

/**
 * Orders by hour or day, in lines; a click opens the orders behind a point. With the
 * keyboard: left and right choose a point, up and down a line, Enter opens.
 */
export class FlowChart extends Component {
    static template = "oms_core.FlowChart";
    static props = {
        flow: Object,
        lines: Array,
        tz: String,
        label: String,
        onOpen: Function,
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.flow, this.props.lines.length]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        this.chart = new Chart(this.canvas.el, {
            type: "line",
            data: { labels: this.getLabels(), datasets: this.getDatasets() },
            options: this.getOptions(),
        });
    }

    getLabels() {
        const format =
            this.props.flow.granularity === "hour"
                ? luxon.DateTime.TIME_SIMPLE
                : { day: "numeric", month: "short" };
        return this.props.flow.starts.map((start) =>
            deserializeDateTime(start, { tz: this.props.tz }).toLocaleString(format)
        );
    }

    getDatasets() {
        return this.props.lines.map(({ label, counts, color, dash, point }) => ({
            label,
            data: counts,
            borderColor: color,
            backgroundColor: color,
            borderDash: dash,
            pointStyle: point,
            borderWidth: 2,
            pointRadius: counts.map((count) => (count ? 3 : 0)),
            pointHoverRadius: 6,
            tension: 0.25,
            cubicInterpolationMode: "monotone",
        }));
    }

    getOptions() {
        const scheme = cookie.get("color_scheme");
        const grid = getCustomColor(scheme, "rgba(0,0,0,.08)", "rgba(255,255,255,.12)");
        const ticks = getCustomColor(scheme, "#5f636f", "#b1b3bc");
        return {
            animation: false,
            maintainAspectRatio: false,
            interaction: { mode: "index", intersect: false },
            plugins: { legend: { display: false }, tooltip: { usePointStyle: true } },
            scales: {
                x: {
                    grid: { display: false },
                    ticks: { color: ticks, maxRotation: 0, autoSkipPadding: 16 },
                },
                y: {
                    beginAtZero: true,
                    suggestedMax: 4,
                    grid: { color: grid },
                    border: { display: false },
                    ticks: { color: ticks, precision: 0, maxTicksLimit: 6 },
                },
            },
            onHover: (ev, points) => {
                ev.native.target.style.cursor = points.length ? "pointer" : "default";
            },
            onClick: (ev, _points, chart) => this.onClick(ev, chart),
        };
    }

    onClick(ev, chart) {
        const [point] = chart.getElementsAtEventForMode(
            ev.native,
            "nearest",
            { intersect: false },
            false
        );
        if (point) {
            this.open(point);
        }
    }

    open({ datasetIndex, index }) {
        const line = this.props.lines[datasetIndex];
        if (line.counts[index]) {
            this.props.onOpen(line.links[index]);
        }
    }

    // === KEYBOARD ===

    onKeydown(ev) {
        const [active] = this.chart.getActiveElements();
        if (ev.key === "Enter" && active) {
            this.open(active);
        }
        const step = {
            ArrowLeft: [0, -1],
            ArrowRight: [0, 1],
            ArrowUp: [-1, 0],
            ArrowDown: [1, 0],
        }[ev.key];
        if (!step || !this.props.lines.length) {
            return;
        }
        ev.preventDefault();
        this.activate(active, step);
    }

    activate(active, [line, point]) {
        const last = this.props.flow.starts.length - 1;
        const next = {
            datasetIndex: (active?.datasetIndex ?? 0) + line,
            index: active ? active.index + point : 0,
        };
        next.datasetIndex = Math.min(
            Math.max(next.datasetIndex, 0),
            this.props.lines.length - 1
        );
        next.index = Math.min(Math.max(next.index, 0), last);
        this.chart.setActiveElements([next]);
        this.chart.tooltip.setActiveElements([next], { x: 0, y: 0 });
        this.chart.update();
    }
}
