import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

import { Component } from "@odoo/owl";

const { DateTime } = luxon;

/** What each place has to send today, against what it can, and until when. */
export class PlacesCard extends Component {
    static template = "oms_core.ControlTower.Places";
    static props = { nodes: Array, now: Object, tz: String, onOpen: Function };

    formatNumber(number) {
        return formatInteger(number);
    }

    /** The load of today, and what it is drawn of; a place without one has none. */
    getBar(node) {
        return ["sent", "ready", "held", "waiting"].map((code) => ({
            code,
            style: `width: ${(100 * node[code].count) / this.getScale(node)}%`,
        }));
    }

    getCapacityMark(node) {
        return `left: ${(100 * node.capacity) / this.getScale(node)}%`;
    }

    /** A place with a capacity has its own scale, the others that of the largest. */
    getScale(node) {
        const known = node.capacity ? [node] : this.props.nodes;
        return Math.max(1, node.capacity, ...known.map(({ load }) => load));
    }

    isOverloaded(node) {
        return node.capacity && node.load > node.capacity;
    }

    getLoad(node) {
        const load = this.formatNumber(node.load);
        return node.capacity
            ? _t("%(load)s of %(capacity)s today", {
                  load,
                  capacity: this.formatNumber(node.capacity),
              })
            : _t("%s today", load);
    }

    getParts(node) {
        return [
            { ...node.sent, label: _t("sent") },
            { ...node.ready, label: _t("ready") },
            { ...node.held, label: _t("held") },
            { ...node.waiting, label: _t("waiting for goods") },
            { ...node.later, label: _t("later"), isBare: true },
            { ...node.late, label: _t("late"), isBare: true, level: "o_oms_danger" },
        ].filter((part) => part.count);
    }

    /** When the next cut-off is; amber when it is near and there is work left. */
    getCutOff(node) {
        if (!node.cut_off) {
            return null;
        }
        const moment = deserializeDateTime(node.cut_off, { tz: this.props.tz });
        const minutes = Math.max(0, Math.ceil(moment.diff(this.props.now, "minutes").minutes));
        const left = node.ready.count + node.held.count + node.waiting.count;
        return {
            text: this.getTimeLeft(moment, minutes),
            title: moment.toLocaleString(DateTime.DATETIME_MED_WITH_WEEKDAY),
            level: left && minutes <= 60 ? "o_oms_text_warning" : "text-muted",
        };
    }

    getTimeLeft(moment, minutes) {
        if (minutes < 60) {
            return _t("cut-off in %s min", minutes);
        }
        if (minutes < 12 * 60) {
            return _t("cut-off in %(hours)s h %(minutes)s min", {
                hours: Math.floor(minutes / 60),
                minutes: minutes % 60,
            });
        }
        const time = moment.toLocaleString({
            weekday: "short",
            hour: "numeric",
            minute: "2-digit",
        });
        return _t("cut-off %s", time);
    }
}
