import { loadBundle } from "@web/core/assets";
import { cookie } from "@web/core/browser/cookie";
import { getCustomColor } from "@web/core/colors/colors";
import { deserializeDateTime } from "@web/core/l10n/dates";

import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";

// From grey (it has come in) to green (it has left); the dashes tell the lines
// apart without colours.
export const STAGE_STYLES = {
    capture: { color: "#8f8f9d", dash: [], point: "circle" },
    route: { color: "#4ea7f2", dash: [8, 3], point: "rect" },
    pick: { color: "#7c5cc4", dash: [2, 3], point: "triangle" },
    ship: { color: "#1f9d6b", dash: [], point: "rectRot" },
};

/** Orders through the stages, by hour or day; a click opens the orders behind a point. */
export class FlowChart extends Component {
    static template = "oms_core.FlowChart";
    static props = { flow: Object, tz: String, label: String, onOpen: Function };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.flow]
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
        return this.props.flow.stages.map((stage) => {
            const { color, dash, point } = STAGE_STYLES[stage.kind];
            return {
                label: stage.label,
                data: stage.counts,
                borderColor: color,
                backgroundColor: color,
                borderDash: dash,
                pointStyle: point,
                borderWidth: 2,
                pointRadius: stage.counts.map((count) => (count ? 3 : 0)),
                pointHoverRadius: 6,
                tension: 0.25,
                cubicInterpolationMode: "monotone",
            };
        });
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
        const stage = point && this.props.flow.stages[point.datasetIndex];
        if (stage?.counts[point.index]) {
            this.props.onOpen(stage.links[point.index]);
        }
    }
}
