import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Which waiting orders a rule concerns as it stands on the page. The orders open in
 * a dialog: the rule is not saved for having been looked at.
 */
export class OmsRulePreviewField extends Component {
    static template = "oms_core.RulePreviewField";
    static props = standardFieldProps;

    setup() {
        this.action = useService("action");
    }

    get preview() {
        return this.props.record.data[this.props.name] || {};
    }

    get actions() {
        return this.props.record.data.action_ids.records
            .map((action) => action.data.summary)
            .filter(Boolean);
    }

    openAll() {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("Waiting orders that the rule concerns"),
            res_model: "sale.order",
            views: [[false, "list"]],
            domain: this.preview.domain,
            target: "new",
            context: { create: false, list_view_ref: "oms_core.sale_order_view_list" },
        });
    }

    openOrder(orderId) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "sale.order",
            res_id: orderId,
            views: [[false, "form"]],
            target: "new",
        });
    }
}

registry.category("fields").add("oms_rule_preview", {
    component: OmsRulePreviewField,
    supportedTypes: ["json"],
});
