/**
 * Reads what a Terraform plan is about to do, as a delta whose files are resources.
 *
 * <p>The plan is JSON, and so needs a JSON parser, which {@code engine.delta} does without because it runs on agents.
 * It is read where the command line or the controller is, as a stream: whatever its size, only addresses, types and
 * actions are kept. Values are skipped and never looked at, because Terraform writes secrets out in its plans.
 */
package io.jenkins.plugins.changegate.engine.terraform;
