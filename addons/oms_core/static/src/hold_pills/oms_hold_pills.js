import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Open holds as pills: red where a person must act, amber where time will do. */
export class OmsHoldPillsField extends Component {
    static template = "oms_core.HoldPillsField";
    static props = { ...standardFieldProps };

    get holds() {
        return this.props.record.data[this.props.name].records.map(({ data, id }) => ({
            id,
            name: data.type_id && data.type_id.display_name,
            reason: data.reason,
            color: data.release_date ? "warning" : "danger",
        }));
    }
}

export const omsHoldPillsField = {
    component: OmsHoldPillsField,
    supportedTypes: ["one2many", "many2many"],
    relatedFields: [
        { name: "type_id", type: "many2one", relation: "oms.hold.type" },
        { name: "reason", type: "char" },
        { name: "release_date", type: "datetime" },
    ],
};

registry.category("fields").add("oms_hold_pills", omsHoldPillsField);
