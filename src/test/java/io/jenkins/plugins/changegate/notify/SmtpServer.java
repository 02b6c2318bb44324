package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.tasks.Mailer;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jenkins.model.JenkinsLocationConfiguration;

/** A mail server on the loopback interface that keeps what it gets, or hangs. */
final class SmtpServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private final List<Socket> open = new ArrayList<>();
    private volatile boolean hangs;

    /**
     * A mail.
     *
     * @param to the recipients that the envelope names
     */
    record Mail(List<String> to, String raw) {

        MimeMessage message() throws Exception {
            return new MimeMessage(null, new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
        }

        String body() throws Exception {
            return (String) message().getContent();
        }
    }

    SmtpServer(boolean hangs) throws IOException {
        this.hangs = hangs;
        Thread thread = new Thread(this::serve, "SMTP");
        thread.setDaemon(true);
        thread.start();
    }

    /** Has Jenkins send its mail here. */
    SmtpServer configured() {
        Mailer.descriptor().setSmtpHost(socket.getInetAddress().getHostAddress());
        Mailer.descriptor().setSmtpPort(String.valueOf(socket.getLocalPort()));
        JenkinsLocationConfiguration.get().setAdminAddress("Jenkins <jenkins@example.org>");
        return this;
    }

    /** Answers whoever connects from now on. */
    void recover() {
        hangs = false;
    }

    /** Waits until somebody has connected. */
    void awaitCall() throws InterruptedException {
        assertThat(called.await(30, TimeUnit.SECONDS)).as("called").isTrue();
    }

    /** Waits for the next mails and expects that they go to exactly these, each with a mail of their own. */
    List<Mail> expect(String... names) throws InterruptedException {
        List<Mail> got = new ArrayList<>();
        for (String ignored : names) {
            Mail mail = mails.poll(30, TimeUnit.SECONDS);
            assertThat(mail).as("after " + got).isNotNull();
            got.add(mail);
        }
        expectNoMore();
        assertThat(got).allSatisfy(mail -> assertThat(mail.to()).hasSize(1));
        assertThat(got.stream().map(mail -> mail.to().get(0).replace("@example.org", "")))
                .containsExactlyInAnyOrder(names);
        return got;
    }

    void expectNoMore() throws InterruptedException {
        assertThat(mails.poll(700, TimeUnit.MILLISECONDS)).as("one too many").isNull();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = socket.accept();
                synchronized (open) {
                    open.add(client);
                }
                called.countDown();
                if (!hangs) {
                    talk(client);
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void talk(Socket client) throws IOException {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.ISO_8859_1)) {
            List<String> to = new ArrayList<>();
            out.print("220 test\r\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("RCPT TO:")) {
                    to.add(line.replaceAll(".*<(.*)>.*", "$1"));
                } else if (line.equals("DATA")) {
                    out.print("354 go on\r\n");
                    mails.add(new Mail(List.copyOf(to), data(in)));
                }
                out.print(line.equals("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
            }
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder raw = new StringBuilder();
        for (String line = in.readLine(); !line.equals("."); line = in.readLine()) {
            raw.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return raw.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        synchronized (open) {
            for (Socket client : open) {
                client.close();
            }
        }
    }
}
