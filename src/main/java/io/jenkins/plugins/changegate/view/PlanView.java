package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.Particulars;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How a part of a change is to be done, for a page.
 *
 * @param title which part
 * @param text what the pipeline says
 */
@Restricted(NoExternalUse.class)
public record PlanView(String title, String text) {

    static List<PlanView> of(Particulars particulars) {
        return Stream.of(
                        new PlanView(Messages.PlanView_implementation(), particulars.implementation()),
                        new PlanView(Messages.PlanView_test(), particulars.test()),
                        new PlanView(Messages.PlanView_backOut(), particulars.backOut()))
                .filter(plan -> !plan.text().isBlank())
                .toList();
    }

    public String getTitle() {
        return title;
    }

    public List<String> getLines() {
        return Visible.lines(text);
    }
}
