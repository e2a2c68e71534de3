import { Component } from "@odoo/owl";
import { formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Why an order does not go on: one line for each open hold, with the way out. */
export class OmsHoldBannerField extends Component {
    static template = "oms_core.HoldBannerField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get holds() {
        return this.props.record.data[this.props.name].records.map(({ data, resId }) => ({
            ...data,
            id: resId,
            type: data.type_id && data.type_id.display_name,
            color: data.release_date ? "warning" : "danger",
            since: this.format(data.create_date),
            until: this.format(data.release_date),
        }));
    }

    format(moment) {
        return moment && { relative: moment.toRelative(), absolute: formatDateTime(moment) };
    }

    onRelease(hold) {
        return this.call(hold, "action_release");
    }

    onRemedy(hold) {
        return this.call(hold, "action_remedy");
    }

    async call(hold, method) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        await this.action.doActionButton({
            type: "object",
            name: method,
            resModel: "oms.hold",
            resId: hold.id,
            onClose: () => record.load(),
        });
    }
}

export const omsHoldBannerField = {
    component: OmsHoldBannerField,
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "type_id", type: "many2one", relation: "oms.hold.type" },
        { name: "reason", type: "char" },
        { name: "description", type: "text" },
        { name: "blocks", type: "char" },
        { name: "create_date", type: "datetime" },
        { name: "release_date", type: "datetime" },
        { name: "may_release", type: "boolean" },
        { name: "release_hint", type: "char" },
        { name: "remedy", type: "char" },
    ],
};

registry.category("fields").add("oms_hold_banner", omsHoldBannerField);
