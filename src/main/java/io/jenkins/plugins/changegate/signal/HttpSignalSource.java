package io.jenkins.plugins.changegate.signal;

import hudson.Extension;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The signals that an administrator has named an address for. What they configure comes before other sources. */
@Extension(ordinal = 100)
public class HttpSignalSource implements SignalSource {

    private final HttpAnswers answers = new HttpAnswers(System::nanoTime);

    @Override
    public boolean gives(String name) {
        return ChangeGateSignals.get().named(name).isPresent();
    }

    @Override
    public Set<String> evidence(Request request) {
        return ChangeGateSignals.get().getHttp().stream()
                .filter(HttpSignal::isEvidence)
                .map(HttpSignal::getName)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Signal> find(String name, Request request) throws UnknownSignalException, InterruptedException {
        ChangeGateSignals configuration = ChangeGateSignals.get();
        Optional<HttpSignal> found = configuration.named(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        HttpSignal signal = found.get();
        URI address = signal.template().fill(request);
        // Asked again each time: who may name addresses need not be who may name hosts, and either may change.
        if (!configuration.hosts().permit(address)) {
            throw new UnknownSignalException("no administrator has allowed its host");
        }
        String sent = signal.isSendChange() ? ChangeInput.of(request) : "";
        byte[] answer = answers.of(
                new HttpAnswers.Question(address, signal.getCredentialsId(), sent),
                Duration.ofSeconds(signal.getTimeout()));
        return Optional.of(new Signal(JsonValue.of(answer, signal.getPointer()), "an HTTP endpoint", false));
    }
}
