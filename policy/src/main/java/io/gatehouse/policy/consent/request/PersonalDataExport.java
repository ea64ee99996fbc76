package io.gatehouse.policy.consent.request;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerQuery;
import io.gatehouse.core.ledger.LedgerSearch;
import io.gatehouse.policy.consent.ConsentRecord;
import io.gatehouse.policy.consent.ConsentRegister;
import io.gatehouse.policy.internal.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes everything that the rooms keep about a person as one JSON document, in UTF-8, in a memory that does not grow with
 * it. That it was written, for whom and by whom, is recorded first. Thread-safe if the sources are.
 */
public final class PersonalDataExport {
    /** What the document's {@code format} field says. */
    public static final String FORMAT = "gatehouse-personal-data/1";

    /** In the ledger: somebody was shown personal data. */
    public static final EventKind ACCESSED = EventKind.of("data.accessed");

    private final List<PersonalDataSource> sources;
    private final EventSink ledger;
    private final InstantSource clock;

    private PersonalDataExport(List<PersonalDataSource> sources, EventSink ledger, InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
        Set<String> names = new HashSet<>();
        for (PersonalDataSource each : sources) {
            if (!names.add(each.section())) {
                throw new IllegalArgumentException("two sources have the section '" + each.section() + "'");
            }
        }
    }

    public static PersonalDataExport create(List<PersonalDataSource> sources, EventSink ledger, InstantSource clock) {
        return new PersonalDataExport(sources, ledger, clock);
    }

    /**
     * Writes the document.
     *
     * @param request what the person asked for; its person's data are written
     * @param by      who hands them over; the person themselves where they help themselves
     * @return how many items were written
     * @throws IOException if it cannot be recorded (then nothing was written), read or written
     */
    public long write(SubjectRequest request, PersonId by, OutputStream out) throws IOException {
        String classes = sources.stream()
                .map(source -> source.dataClass().value())
                .distinct()
                .collect(Collectors.joining(","));
        ledger.take(LedgerEvent.builder(ACCESSED, clock.instant())
                .person(request.person())
                .fact("right", "request")
                .fact("request", request.id().toString())
                .fact("data-classes", classes)
                .personalFact("by", by.value())
                .build());
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("format", FORMAT);
        head.put("request", request.id());
        head.put("person", request.person().value());
        head.put("writtenAt", clock.instant());
        String opened = JsonText.line(head);
        writer.write(opened.substring(0, opened.length() - 1) + ",\"sections\":{");
        long items = 0;
        String comma = "";
        for (PersonalDataSource source : sources) {
            writer.write(comma + "\n" + JsonText.line(source.section()) + ":[");
            items += section(source, request.person(), writer);
            writer.write("\n]");
            comma = ",";
        }
        writer.write("\n}}\n");
        writer.flush();
        return items;
    }

    private static long section(PersonalDataSource source, PersonId person, Writer writer) throws IOException {
        long[] items = {0};
        source.read(person, fields -> {
            writer.write((items[0] == 0 ? "\n" : ",\n") + JsonText.line(fields));
            items[0]++;
        });
        return items[0];
    }

    /** What a person was asked and answered. */
    public static PersonalDataSource ofConsents(ConsentRegister register) {
        return new Source("consents", DataClass.of("consent-record"), (person, sink) -> {
            for (ConsentRecord each : register.history(person)) {
                sink.item(fields(each));
            }
        });
    }

    private static Map<String, Object> fields(ConsentRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", record.id());
        fields.put("purpose", record.subject().purpose().value());
        fields.put("dataClass", record.subject().dataClass().value());
        fields.put("answer", record.answer().name().toLowerCase(Locale.ROOT));
        fields.put("at", record.at());
        fields.put("how", record.how());
        fields.put("notice", record.noticeId());
        fields.put("noticeVersion", record.noticeVersion());
        fields.put("noticeLanguage", record.noticeLanguage());
        fields.put("noticeSha256", record.noticeSha256());
        record.terms().expiresAt().ifPresent(end -> fields.put("expiresAt", end));
        return fields;
    }

    /** What the ledger says about a person. */
    public static PersonalDataSource ofLedger(LedgerSearch ledger) {
        return new Source("ledger", DataClass.LEDGER, (person, sink) -> {
            LedgerQuery query = LedgerQuery.builder()
                    .person(person)
                    .order(LedgerQuery.Order.OLDEST_FIRST)
                    .build();
            try (Stream<LedgerEntry> entries = ledger.stream(query)) {
                for (LedgerEntry each : (Iterable<LedgerEntry>) entries::iterator) {
                    sink.item(fields(each));
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static Map<String, Object> fields(LedgerEntry entry) {
        LedgerEvent event = entry.event();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("index", entry.index());
        fields.put("kind", event.kind().value());
        fields.put("occurredAt", event.occurredAt());
        event.portal().ifPresent(portal -> fields.put("portal", portal.value()));
        event.zone().ifPresent(zone -> fields.put("zone", zone.value()));
        fields.put("facts", event.facts());
        fields.put("personalFacts", event.personalFacts());
        return fields;
    }

    @FunctionalInterface
    private interface Reading {
        void read(PersonId person, PersonalDataSource.Sink sink) throws IOException;
    }

    private record Source(String section, DataClass dataClass, Reading reading) implements PersonalDataSource {
        @Override
        public void read(PersonId person, Sink sink) throws IOException {
            reading.read(person, sink);
        }
    }
}
