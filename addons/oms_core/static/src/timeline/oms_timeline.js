import { Component, onWillStart, useState } from "@odoo/owl";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export const PAGE = 40;

export const ICONS = {
    capture: "fa-inbox",
    version: "fa-exchange",
    payment: "fa-credit-card",
    hold: "fa-pause-circle text-danger",
    release: "fa-play-circle text-success",
    rule: "fa-magic",
    route: "fa-map-signs",
    promise: "fa-calendar-check-o",
    reserve: "fa-bookmark",
    pick: "fa-hand-paper-o",
    pack: "fa-archive",
    label: "fa-tag",
    ship: "fa-truck text-success",
    tracking: "fa-location-arrow",
    delivery: "fa-home text-success",
    invoice: "fa-file-text-o",
    refund: "fa-undo",
    return: "fa-reply",
    mail: "fa-envelope-o",
    edit: "fa-pencil",
    cancel: "fa-ban text-danger",
    push: "fa-bullhorn",
    note: "fa-sticky-note-o",
};

/**
 * The history of an order, newest first, one line for each happening. All that it
 * shows comes with one call, also after a change of the filter.
 */
export class OmsTimelineField extends Component {
    static template = "oms_core.TimelineField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ events: [], kinds: [], total: 0, chosen: [], limit: PAGE });
        onWillStart(() => this.load(this.props.record));
        useRecordObserver((record) => {
            const version = this.getVersion(record);
            if (this.version !== undefined && this.version !== version) {
                this.load(record);
            }
        });
    }

    /** Changes when another order is shown, or when something has happened. */
    getVersion(record) {
        const { currentIds } = record.data[this.props.name];
        return `${record.resId}/${currentIds.join(",")}`;
    }

    async load(record) {
        if (this.resId !== record.resId) {
            Object.assign(this.state, { chosen: [], limit: PAGE });
        }
        this.resId = record.resId;
        this.version = this.getVersion(record);
        if (!record.resId) {
            Object.assign(this.state, { events: [], kinds: [], total: 0 });
            return;
        }
        const { events, kinds, total } = await this.keepLast.add(
            this.orm.call("oms.event", "get_timeline", [record.resId], {
                kinds: this.state.chosen.length ? [...this.state.chosen] : null,
                limit: this.state.limit,
            })
        );
        Object.assign(this.state, { events: events.map(this.prepareEvent), kinds, total });
    }

    prepareEvent(event) {
        const date = deserializeDateTime(event.date);
        return {
            ...event,
            icon: ICONS[event.kind] || "fa-circle-o",
            iso: date.toISO(),
            relative: date.toRelative(),
            absolute: formatDateTime(date),
        };
    }

    get remaining() {
        return this.state.total - this.state.events.length;
    }

    get moreText() {
        return _t("Show %s older", Math.min(this.remaining, PAGE));
    }

    isChosen(kind) {
        return this.state.chosen.includes(kind);
    }

    onToggle(kind) {
        this.state.chosen = this.isChosen(kind)
            ? this.state.chosen.filter((other) => other !== kind)
            : [...this.state.chosen, kind];
        this.state.limit = PAGE;
        return this.load(this.props.record);
    }

    onShowAll() {
        this.state.chosen = [];
        return this.load(this.props.record);
    }

    onMore() {
        this.state.limit += PAGE;
        return this.load(this.props.record);
    }

    onOpen({ model, id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

export const omsTimelineField = {
    component: OmsTimelineField,
    displayName: _t("Timeline"),
    supportedTypes: ["one2many"],
    useSubView: false,
};

registry.category("fields").add("oms_timeline", omsTimelineField);
