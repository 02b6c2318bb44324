package io.jenkins.plugins.changegate.engine.record;

import java.util.Objects;

/**
 * The way on which a job deploys a service to an environment. The job belongs to it, because which service it is is what
 * a pipeline says, and what one job's deployments have shown is nothing for another job to profit from.
 *
 * @param job the full name of the job
 */
public record Route(String job, String service, String environment) {

    public Route {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(environment, "environment");
    }

    /** Returns the route on which a change is deployed. */
    public static Route of(ChangeRecord record) {
        return new Route(
                record.opened().origin().job(),
                record.opened().judgement().target().service(),
                record.opened().judgement().target().environment());
    }
}
