import { cookie } from "@web/core/browser/cookie";
import { getColor } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

import { Component } from "@odoo/owl";
import { FlowChart } from "./flow_chart";

// From grey (it has come in) to green (it has left); dashes and points tell the lines
// apart without colours.
const STAGE_STYLES = {
    capture: { color: "#8f8f9d", dash: [], point: "circle" },
    route: { color: "#4ea7f2", dash: [8, 3], point: "rect" },
    pick: { color: "#7c5cc4", dash: [2, 3], point: "triangle" },
    ship: { color: "#1f9d6b", dash: [], point: "rectRot" },
};
const DASHES = [[], [8, 3], [2, 3], [12, 3, 2, 3]];
const POINTS = ["circle", "rect", "triangle", "rectRot", "star"];

/** The stages that orders have reached; or one of them, by channel. */
export class FlowCard extends Component {
    static template = "oms_core.ControlTower.Flow";
    static components = { FlowChart };
    static props = {
        flow: Object,
        filters: Object,
        tz: String,
        onFilter: Function,
        onOpen: Function,
    };

    get periods() {
        return [
            { code: "today", label: _t("Today") },
            { code: "yesterday", label: _t("Yesterday") },
            { code: "week", label: _t("7 days") },
            { code: "month", label: _t("30 days") },
        ];
    }

    get choices() {
        return this.props.flow.stages.map(({ kind, label }) => ({
            kind,
            label: _t("%s, by channel", label),
        }));
    }

    get lines() {
        const { flow, filters } = this.props;
        if (!filters.stage) {
            return flow.stages.map((stage) => ({
                ...stage,
                ...STAGE_STYLES[stage.kind],
                key: stage.kind,
            }));
        }
        const scheme = cookie.get("color_scheme");
        return flow.channels.map((line, index) => ({
            ...line,
            key: `channel_${line.channel}`,
            color: getColor(index, scheme, "md"),
            dash: DASHES[index % DASHES.length],
            point: POINTS[index % POINTS.length],
        }));
    }

    /** What the picture says, for who cannot see it. */
    get label() {
        const lines = this.lines.map((line) => `${line.label}: ${line.total}`);
        return lines.join(", ") || _t("Nothing has happened in this period.");
    }

    get isEmpty() {
        return this.lines.every((line) => !line.total);
    }

    formatNumber(number) {
        return formatInteger(number);
    }
}
