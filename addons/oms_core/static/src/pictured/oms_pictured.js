import { registry } from "@web/core/registry";
import {
    Many2OneField,
    buildM2OFieldDescription,
    extractM2OFieldProps,
} from "@web/views/fields/many2one/many2one_field";

/**
 * A many2one with a small picture before its name, as a channel with its icon or a
 * country with its flag. Options: `image_field` names the field that holds the
 * picture's address, `image_only` leaves the name to the tooltip.
 */
export class OmsPicturedField extends Many2OneField {
    static template = "oms_core.PicturedField";
    static props = {
        ...Many2OneField.props,
        imageField: String,
        imageOnly: { type: Boolean, optional: true },
    };


    get value() {
        return this.props.record.data[this.props.name];
    }

    get image() {
        return this.value && this.props.record.data[this.props.imageField];
    }
}

export const omsPicturedField = {
    ...buildM2OFieldDescription(OmsPicturedField),
    extractProps(staticInfo, dynamicInfo) {
        return {
            ...extractM2OFieldProps(staticInfo, dynamicInfo),
            imageField: staticInfo.options.image_field,
            imageOnly: Boolean(staticInfo.options.image_only),
        };
    },
    fieldDependencies: ({ options }) => [
        { name: options.image_field, type: "char", readonly: true },
    ],
};

registry.category("fields").add("oms_pictured", omsPicturedField);
