package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.protect.ExchangeFile;
import io.gatehouse.biometrics.protect.ExchangeKey;
import io.gatehouse.biometrics.protect.ExchangeRefusedException;
import io.gatehouse.biometrics.protect.ExchangeTerms;
import io.gatehouse.biometrics.protect.ExchangedTemplate;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.reason.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sends templates to other sites and takes theirs, each time recorded, done or refused. Thread-safe. */
final class Exchanges {
    /** A template's share of a file beside its numbers, at most; and the file's head and tags. */
    private static final int MOST_BESIDE = 1_300;

    private static final int MOST_HEAD = 1 << 17;

    private final Purpose purpose;
    private final Turns turns;
    private final Shelves shelves;
    private final Consents consents;
    private final Enroller enroller;
    private final GalleryRecords records;
    private final ImportTable imports;
    private final InstantSource clock;
    private final SecureRandom random;

    Exchanges(
            Purpose purpose,
            Turns turns,
            Shelves shelves,
            Consents consents,
            Enroller enroller,
            GalleryRecords records,
            ImportTable imports,
            InstantSource clock,
            SecureRandom random) {
        this.purpose = purpose;
        this.turns = turns;
        this.shelves = shelves;
        this.consents = consents;
        this.enroller = enroller;
        this.records = records;
        this.imports = imports;
        this.clock = clock;
        this.random = random;
    }

    ExchangeResult send(Purpose asked, Export export, OutputStream out) throws IOException {
        if (!asked.equals(purpose)) {
            return refused("export", otherPurpose(asked), asked);
        }
        List<ExchangeResult> result = new ArrayList<>();
        // Nobody changes meanwhile, but searches go on.
        turns.changingAtLast(
                () -> {
                    Optional<Reason> refusal = refusal(export);
                    result.add(refusal.isPresent() ? refused("export", refusal.get(), asked) : write(export, out));
                    return export;
                },
                written -> {},
                () -> {});
        return result.get(0);
    }

    private Optional<Reason> refusal(Export export) {
        for (PersonId person : export.bases().keySet()) {
            if (!shelves.current().has(person)) {
                return Optional.of(Reason.of(
                        "exchange.unknown-person",
                        "Somebody who is to be sent has no template of the present model here: nothing was sent."));
            }
            if (!consents.isLawful(person)) {
                return Optional.of(noBasis());
            }
        }
        return Optional.empty();
    }

    private static Reason noBasis() {
        return Reason.of(
                "exchange.no-basis",
                "For somebody's template there is no lawful basis for this purpose here: nothing was exchanged.");
    }

    private Reason otherPurpose(Purpose asked) {
        return Reason.format(
                "exchange.other-purpose",
                "These faces were enrolled for %s; they may not be exchanged for %s: ask the people for consent.",
                purpose,
                asked);
    }

    private ExchangeResult write(Export export, OutputStream out) throws IOException {
        Shelf shelf = shelves.current();
        Instant now = clock.instant();
        int count = export.bases().keySet().stream().mapToInt(shelf::count).sum();
        ExchangeTerms terms = new ExchangeTerms(
                UUID.randomUUID(),
                export.sender(),
                purpose,
                shelf.packId(),
                shelf.dimension(),
                count,
                now,
                now.plus(export.validFor()));
        // First: what cannot be recorded is not sent.
        records.exchanged(Gallery.EXPORTED, terms);
        try (ExchangeFile.Writer writer = ExchangeFile.write(out, terms, export.receiver(), export.signer(), random)) {
            shelf.readClear((person, vector, at) -> {
                String basis = export.bases().get(person);
                if (basis != null) {
                    add(writer, new ExchangedTemplate(person, basis, at, vector));
                }
            });
        }
        return new ExchangeResult.Done(terms.id(), count, List.of());
    }

    private static void add(ExchangeFile.Writer writer, ExchangedTemplate template) {
        try {
            writer.add(template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One at a time, so that no export is taken twice. */
    synchronized ExchangeResult take(Purpose asked, Path file, ExchangeKey key, PublicKey sender) throws IOException {
        if (!asked.equals(purpose)) {
            return refused("import", otherPurpose(asked), asked);
        }
        try {
            ExchangeTerms terms = checked(file, key, sender);
            // First: what cannot be recorded is not done.
            records.exchanged(Gallery.IMPORTED, terms);
            if (!imports.take(terms, clock.instant())) {
                throw refusal("replayed");
            }
            return take(terms, file, key, sender);
        } catch (ExchangeRefusedException e) {
            return refused("import", e.reason(), asked);
        }
    }

    /** The terms of a file of which each template can be taken, as far as can be told before. */
    private ExchangeTerms checked(Path file, ExchangeKey key, PublicKey sender) throws IOException {
        try (ExchangeFile.Reader reader = open(file, key, sender)) {
            ExchangeTerms terms = reader.terms();
            require(terms, Files.size(file));
            while (reader.hasNext()) {
                ExchangedTemplate template = reader.next();
                if (!consents.isLawful(template.person())) {
                    throw new ExchangeRefusedException(noBasis());
                }
                requireTemplate(terms, template);
            }
            return terms;
        }
    }

    private void require(ExchangeTerms terms, long size) throws IOException {
        if (!terms.purpose().equals(purpose)) {
            throw new ExchangeRefusedException(otherPurpose(terms.purpose()));
        }
        Shelf shelf = turns.looking(shelves::current);
        if (!terms.packId().equals(shelf.packId()) || terms.dimension() != shelf.dimension()) {
            throw refusal("other-pack");
        }
        Optional<String> untimely = imports.refusal(terms, clock.instant());
        if (untimely.isPresent()) {
            throw refusal(untimely.get());
        }
        if (size > MOST_HEAD + (long) terms.count() * (MOST_BESIDE + 5L * terms.dimension())
                || !turns.looking(() -> shelf.hasRoomFor(terms.count()))) {
            throw refusal("too-large");
        }
    }

    private void requireTemplate(ExchangeTerms terms, ExchangedTemplate template) throws IOException {
        try {
            float[] turned =
                    turns.looking(() -> shelves.current().protect(Template.of(terms.packId(), template.vector())));
            Arrays.fill(turned, 0);
        } catch (IllegalArgumentException e) {
            throw refusal("no-template");
        }
    }

    private static ExchangeRefusedException refusal(String why) {
        return new ExchangeRefusedException(Reason.of("exchange." + why, text(why)));
    }

    private static String text(String why) {
        return switch (why) {
            case "clock" -> "This machine's clock was put back since the last import: set it right, then try again.";
            case "not-yet" -> "The export is dated later than now: set the clocks of both sites right.";
            case "expired" -> "The export has expired: ask for a new one.";
            case "replayed" -> "This export was taken in before.";
            case "other-pack" -> "The templates were made by another model than people are enrolled with here.";
            case "too-large" -> "The file is larger than its terms allow, or there is no room for so many templates.";
            default -> "A template in the file is not one that the model makes.";
        };
    }

    private ExchangeResult take(ExchangeTerms terms, Path file, ExchangeKey key, PublicKey sender) throws IOException {
        List<PersonId> left = new ArrayList<>();
        int taken = 0;
        try (ExchangeFile.Reader reader = open(file, key, sender)) {
            if (!reader.terms().equals(terms)) {
                throw refusal("replayed");
            }
            while (reader.hasNext()) {
                ExchangedTemplate each = reader.next();
                Template template = Template.of(terms.packId(), each.vector());
                if (enroller.enrol(each.person(), template, EnrolmentOptions.DEFAULT) instanceof Enrolment.Enrolled) {
                    taken++;
                } else {
                    left.add(each.person());
                }
            }
        }
        return new ExchangeResult.Done(terms.id(), taken, left);
    }

    private static ExchangeFile.Reader open(Path file, ExchangeKey key, PublicKey sender) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            return ExchangeFile.read(in, key, sender);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private ExchangeResult refused(String what, Reason reason, Purpose asked) {
        records.exchangeRefused(what, reason, asked);
        return new ExchangeResult.Refused(reason);
    }
}
