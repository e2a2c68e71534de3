// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {Component} from "@odoo/owl";
import {DefaultCommandItem} from "@web/core/commands/command_palette";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

// In the command palette (Ctrl+K): "!" and whatever the buyer reads out.
export const NAMESPACE = "!";

const CATEGORIES = [
    ["oms_order", _t("Orders")],
    ["oms_customer", _t("Customers")],
    ["oms_parcel", _t("Parcels")],
];

class OmsFinderItem extends Component {
    static template = "oms_core.FinderItem";
    static props = {
        ...DefaultCommandItem.props,
        icon: String,
        detail: String,
    };
}

const ICONS = {
    customer: "fa-user",
    order: "fa-shopping-cart",
    parcel: "fa-truck",
};

registry.category("command_setup").add(NAMESPACE, {
    debounceDelay: 200,
    emptyMessage: _t("Nothing found yet: type more, or something else that the buyer can tell you."),
    name: _t("orders and customers"),
    placeholder: _t("Number, name, e-mail, phone, tracking or SKU"),
});

CATEGORIES.forEach(([category, name], index) => {
    registry
        .category("command_categories")
        .add(category, {name, namespace: NAMESPACE}, {sequence: 10 + index});
});

function open(env, item) {
    if (item.kind === "customer") {
        return env.services.action.doAction("oms_core.action_oms_customer", {
            props: {resId: item.id},
            viewType: "form",
        });
    }
    return env.services.action.doAction({
        type: "ir.actions.act_window",
        res_model: item.model,
        res_id: item.id,
        views: [[false, "form"]],
    });
}

registry.category("command_provider").add("oms_finder", {
    namespace: NAMESPACE,
    async provide(env, options) {
        const text = (options.searchValue || "").trim();
        if (!text || !(await user.hasGroup("oms_core.group_oms_user"))) {
            return [];
        }
        const found = await env.services.orm.call("oms.finder", "find", [text]);
        return found.map((item) => ({
            Component: OmsFinderItem,
            action: () => open(env, item),
            category: `oms_${item.kind}`,
            name: item.name,
            props: {detail: item.detail, icon: ICONS[item.kind]},
        }));
    },
});

// The menu "Find" opens the palette there.
registry.category("actions").add("oms_find", (env) => {
    env.services.command.openMainPalette({searchValue: NAMESPACE});
});
