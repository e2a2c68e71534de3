import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useState,
} from "@odoo/owl";
import { ICONS } from "../timeline/oms_timeline";
import { FlowCard } from "./flow_card";
import { PlacesCard } from "./places_card";

const { DateTime } = luxon;

export const CHANGED = "oms_control_tower/changed";
export const POLL_DELAY = 60_000;
export const CHANGE_DELAY = 3_000;
const TICK_DELAY = 5_000;

// Orders in these states wait for a person, however young they are.
const PERSON_STATES = ["quarantined", "on_hold", "unfillable"];

/** The page that says what needs a person now; see the model oms.control.tower. */
export class ControlTower extends Component {
    static template = "oms_core.ControlTower";
    static components = { FlowCard, Layout, PlacesCard };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.busService = useService("bus_service");
        this.turn = 0;
        this.display = { controlPanel: {} };
        this.storageKey = `oms_control_tower.filters.${user.userId}`;
        this.state = useState({
            page: null,
            filters: this.readFilters(),
            loadedAt: null,
            clock: Date.now(),
            isOffline: false,
        });
        this.isAdmin = false;
        this.isChanged = false;

        onWillStart(async () => {
            this.isAdmin = await user.hasGroup("oms_core.group_oms_admin");
            await this.load();
        });
        this.startUpdates();
    }

    // === UPDATES ===

    /** Listen once the page stands: what comes before is in the first answer. */
    startUpdates() {
        const onChanged = () => this.onChanged();
        let poll, tick;
        onMounted(() => {
            this.busService.subscribe(CHANGED, onChanged);
            this.busService.start();
            poll = browser.setInterval(onChanged, POLL_DELAY);
            tick = browser.setInterval(() => {
                this.state.clock = Date.now();
            }, TICK_DELAY);
        });
        useBus(this.busService, "BUS:RECONNECT", onChanged);
        useExternalListener(document, "visibilitychange", () => {
            if (this.isChanged) {
                this.onChanged();
            }
        });
        onWillUnmount(() => {
            this.busService.unsubscribe(CHANGED, onChanged);
            browser.clearInterval(poll);
            browser.clearInterval(tick);
            browser.clearTimeout(this.pending);
        });
    }

    /** Ask again soon, once for all that changes until then; not behind another tab. */
    onChanged() {
        if (document.visibilityState === "hidden") {
            this.isChanged = true;
            return;
        }
        if (this.pending) {
            return;
        }
        const wait = Math.max(0, (this.state.loadedAt || 0) + CHANGE_DELAY - Date.now());
        this.pending = browser.setTimeout(() => {
            this.pending = null;
            this.load({ silent: true });
        }, wait);
    }

    async load({ silent = false } = {}) {
        this.isChanged = false;
        const turn = ++this.turn;
        const orm = silent ? this.orm.silent : this.orm;
        const tz = user.context.tz || DateTime.local().zoneName;
        try {
            const page = await orm.call("oms.control.tower", "get_page", [], {
                filters: { ...this.state.filters },
                context: { ...user.context, tz },
            });
            if (turn !== this.turn) {
                return; // asked again since, perhaps with other filters
            }
            this.state.page = page;
            this.state.filters = page.filters;
            this.state.isOffline = false;
            this.state.loadedAt = this.state.clock = Date.now();
        } catch (error) {
            if (!silent || !(error instanceof ConnectionLostError)) {
                throw error;
            }
            // The last answer stays, marked as old; the next poll tries again.
            this.state.isOffline = true;
        }
    }

    // === FILTERS ===

    readFilters() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.storageKey)) || {};
        } catch {
            return {};
        }
    }

    async setFilter(name, value) {
        this.state.filters = { ...this.state.filters, [name]: value };
        browser.localStorage.setItem(this.storageKey, JSON.stringify(this.state.filters));
        await this.load();
    }

    onSelect(name, ev) {
        return this.setFilter(name, parseInt(ev.target.value) || false);
    }

    /** Look at one channel or place: the whole page is about it then. */
    choose(row) {
        return this.setFilter(row.kind, row.id);
    }

    // === LINKS ===

    /** Open the records behind a number: of its action only the views are taken. */
    async open(link, newWindow = false) {
        const action = link.action
            ? await this.action.loadAction(link.action)
            : { type: "ir.actions.act_window", res_model: link.model };
        const views = action.views || [[false, "list"], [false, "form"]];
        return this.action.doAction(
            {
                ...action,
                name: link.name,
                display_name: link.name,
                // A number is a list: how many there are is seen at once.
                views: [...views].sort((a, b) => (b[1] === "list") - (a[1] === "list")),
                domain: link.domain,
                // The filters of the menu would show fewer than the number says.
                context: {},
            },
            { newWindow }
        );
    }

    openOrder(order, newWindow = false) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: order.name,
                res_model: "sale.order",
                res_id: order.id,
                views: [[false, "form"]],
            },
            { newWindow }
        );
    }

    openAction(name) {
        return this.action.doAction(`oms_core.${name}`);
    }

    // === SHOWING ===

    /** Now, by the server's clock. */
    get now() {
        const { page, clock, loadedAt } = this.state;
        return deserializeDateTime(page.now).plus(clock - loadedAt);
    }

    getAge(moment) {
        return this.getRelative(deserializeDateTime(moment), this.now);
    }

    getRelative(moment, base) {
        if (Math.abs(base - moment) < 10_000) {
            return _t("just now");
        }
        return moment.toRelative({ base });
    }

    getMoment(moment) {
        return deserializeDateTime(moment, { tz: this.state.page.tz }).toLocaleString(
            DateTime.DATETIME_MED_WITH_SECONDS
        );
    }

    get updated() {
        const { clock, loadedAt } = this.state;
        return this.getRelative(DateTime.fromMillis(loadedAt), DateTime.fromMillis(clock));
    }

    formatNumber(number) {
        return formatInteger(number);
    }

    /** By the most pressing of its numbers; nothing to do is grey. */
    getTileClass(tile) {
        const levels = [tile, ...tile.notes]
            .filter((part) => part.count)
            .map((part) => part.level);
        const level = ["danger", "warning"].find((name) => levels.includes(name));
        return `${level ? `o_oms_${level}` : ""} ${tile.count ? "" : "o_oms_zero"}`;
    }

    getTileLabel(tile) {
        const parts = [`${tile.label}: ${this.formatNumber(tile.count)}`, tile.hint];
        if (tile.count && tile.oldest) {
            parts.push(`${tile.oldest_label} ${this.getAge(tile.oldest)}`);
        }
        return parts.join(", ");
    }

    /** In words how a number differs from this time yesterday; nothing if unknown. */
    getTrend(tile) {
        if (!Number.isInteger(tile.before)) {
            return null;
        }
        const difference = tile.count - tile.before;
        if (!difference) {
            return { icon: "fa-minus", text: _t("as yesterday") };
        }
        const number = this.formatNumber(Math.abs(difference));
        return difference > 0
            ? { icon: "fa-arrow-up", text: _t("%s more than yesterday", number) }
            : { icon: "fa-arrow-down", text: _t("%s fewer than yesterday", number) };
    }

    /** A place with late deliveries is no calm, whosever orders they are. */
    get isCalm() {
        const { tiles, nodes } = this.state.page;
        return (
            nodes.every((node) => !node.late.count) &&
            tiles.every(
                (tile) =>
                    !tile.count &&
                    tile.notes.every((note) => !note.count || note.level === "info")
            )
        );
    }

    get ageLabels() {
        return {
            hour: _t("< 1 h"),
            hours: _t("< 4 h"),
            day: _t("< 1 day"),
            days: _t("< 3 days"),
            older: _t("older"),
        };
    }

    getNeedClass(cell, index) {
        if (!cell?.count) {
            return "o_oms_nothing";
        }
        return `o_oms_${this.state.page.needs.columns[index].level}`;
    }

    getCellClass(row, cell) {
        if (!cell.count) {
            return "o_oms_nothing";
        }
        if (PERSON_STATES.includes(row.state) || cell.age === "older") {
            return "o_oms_danger";
        }
        return cell.age === "days" ? "o_oms_warning" : "";
    }

    getEventIcon(event) {
        return ICONS[event.kind] || "fa-circle-o";
    }
}

registry.category("actions").add("oms_control_tower", ControlTower);
