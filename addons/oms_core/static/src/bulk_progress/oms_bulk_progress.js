import { onMounted, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ProgressBarField, progressBarField } from "@web/views/fields/progress_bar/progress_bar_field";

export const CHANGED = "oms_bulk_action/changed";

/** A progress bar that moves by itself: the form is read again when a batch is done. */
export class OmsBulkProgressField extends ProgressBarField {
    setup() {
        super.setup();
        this.busService = useService("bus_service");
        const onChanged = ({ id }) => {
            if (id === this.props.record.resId) {
                this.props.record.load();
            }
        };
        onMounted(() => {
            this.busService.subscribe(CHANGED, onChanged);
            this.busService.start();
        });
        onWillUnmount(() => this.busService.unsubscribe(CHANGED, onChanged));
    }
}

export const omsBulkProgressField = { ...progressBarField, component: OmsBulkProgressField };

registry.category("fields").add("oms_bulk_progress", omsBulkProgressField);
