package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** What may be promoted of a job as JSON: {@code job/NAME/change-policy/api/json}. */
@Restricted(NoExternalUse.class)
public final class PromotionsJson {

    private final JobPolicyPage page;

    PromotionsJson(JobPolicyPage page) {
        this.page = page;
    }

    /** Called by Stapler, through the page, which is there only for whoever may see changes. */
    @GET
    public void doJson(StaplerResponse2 response) throws IOException, StoreException {
        List<Map<String, Object>> promotions = new ArrayList<>();
        for (PromotionView promotion : page.promotable()) {
            promotions.add(promotion.json());
        }
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write(new RecordJson().show(Map.of("promotions", promotions)));
    }
}
