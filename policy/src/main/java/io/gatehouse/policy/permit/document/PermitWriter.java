package io.gatehouse.policy.permit.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Operation;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import io.gatehouse.policy.permit.rule.Who;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a policy as a document of kind {@code permit/1} in JSON: the same policy always as the same bytes, which
 * {@link PermitDocuments} reads as an equal policy. Each schedule is written once. Used by one thread.
 */
final class PermitWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<Schedule, String> schedules = new LinkedHashMap<>();
    private final JsonGenerator out;

    private PermitWriter() throws IOException {
        this.out = new JsonFactory().createGenerator(bytes);
    }

    static byte[] write(PolicySet policy) {
        try {
            PermitWriter writer = new PermitWriter();
            writer.policy(policy);
            return writer.bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    private void policy(PolicySet policy) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", "permit/1");
        out.writeNumberField("version", policy.version());
        out.writeNumberField("approvals", policy.approvals());
        texts("alerts", policy.alerts());
        if (!policy.groups().isUndeclared()) {
            out.writeArrayFieldStart("groups");
            for (var group : new TreeMap<>(policy.groups().parents()).entrySet()) {
                out.writeStartObject();
                out.writeStringField("name", group.getKey());
                if (group.getValue().isPresent()) {
                    out.writeStringField("within", group.getValue().get());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        // Each once, in the order in which rules name them.
        policy.rules().stream()
                .map(Rule::when)
                .filter(it -> !isPlain(it))
                .forEach(it -> schedules.computeIfAbsent(it, added -> "s" + schedules.size()));
        out.writeObjectFieldStart("schedules");
        for (Map.Entry<Schedule, String> entry : schedules.entrySet()) {
            out.writeFieldName(entry.getValue());
            schedule(entry.getKey());
        }
        out.writeEndObject();
        out.writeArrayFieldStart("rules");
        for (Rule rule : policy.rules()) {
            rule(rule);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.close();
    }

    private static boolean isPlain(Schedule schedule) {
        return schedule.equals(Schedule.always());
    }

    private void schedule(Schedule schedule) throws IOException {
        out.writeStartObject();
        if (!schedule.hours().isEmpty()) {
            out.writeArrayFieldStart("hours");
            for (WeeklyHours hours : schedule.hours()) {
                out.writeStartObject();
                words("days", hours.days());
                out.writeStringField("from", hours.start().toString());
                out.writeStringField("to", hours.end().toString());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        if (schedule.from().isPresent()) {
            out.writeStringField("from", schedule.from().get().toString());
        }
        if (schedule.until().isPresent()) {
            out.writeStringField("until", schedule.until().get().toString());
        }
        texts("only", schedule.only());
        texts("except", schedule.except());
        if (schedule.timeZone().isPresent()) {
            out.writeStringField("time-zone", schedule.timeZone().get().getId());
        }
        out.writeEndObject();
    }

    private void rule(Rule rule) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", rule.id());
        out.writeStringField("effect", Element.word(rule.effect()));
        who(rule.who());
        where(rule);
        if (rule.operation().isPresent()) {
            operation(rule.operation().get());
        }
        if (!isPlain(rule.when())) {
            out.writeStringField("when", schedules.getOrDefault(rule.when(), ""));
        }
        words("methods", rule.methods());
        if (!rule.requires().isNone()) {
            out.writeFieldName(rule.effect() == Effect.PERMIT ? "requires" : "unless");
            requirements(rule.requires());
        }
        limits(rule.limits());
        texts("alerts", rule.alerts());
        obligations(rule.obligations());
        if (rule.message().isPresent()) {
            out.writeStringField("message", rule.message().get());
        }
        out.writeEndObject();
    }

    private void who(Who who) throws IOException {
        if (who.isAnybody()) {
            out.writeStringField("who", "anybody");
            return;
        }
        out.writeObjectFieldStart("who");
        texts("persons", who.persons());
        texts("groups", who.groups());
        texts("departments", who.departments());
        texts("posts", who.posts());
        words("kinds", who.kinds());
        if (who.level() > 0) {
            out.writeNumberField("level", who.level());
        }
        out.writeEndObject();
    }

    private void where(Rule rule) throws IOException {
        if (rule.operation().isPresent() && rule.where().zones().isEmpty()) {
            return;
        }
        out.writeObjectFieldStart("where");
        texts("zones", rule.where().zones());
        texts("portals", rule.where().portals());
        if (rule.where().direction().isPresent()) {
            out.writeStringField(
                    "direction", Element.word(rule.where().direction().get()));
        }
        out.writeEndObject();
    }

    private void operation(Operation operation) throws IOException {
        out.writeObjectFieldStart("may");
        words("actions", operation.actions());
        texts("resources", operation.resources());
        out.writeStringField("relation", Element.word(operation.relation()));
        out.writeEndObject();
    }

    private void requirements(Requirements asks) throws IOException {
        out.writeStartObject();
        if (asks.maxFalseMatchRate() < 1) {
            out.writeNumberField("max-false-match-rate", asks.maxFalseMatchRate());
        }
        flag("two-kinds", asks.kinds() > 1);
        flag("liveness", asks.liveness());
        flag("escort", asks.escort());
        flag("visit", asks.visit());
        texts("equipment", asks.equipment());
        if (asks.temperatureBelow().isPresent()) {
            out.writeNumberField("temperature-below", asks.temperatureBelow().getAsDouble());
        }
        texts("consents", asks.consents());
        texts("approvals", asks.approvals());
        texts("inductions", asks.inductions());
        out.writeEndObject();
    }

    private void limits(List<Limit> limits) throws IOException {
        if (limits.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("limits");
        for (Limit limit : limits) {
            out.writeStartObject();
            out.writeStringField("zone", limit.zone().value());
            out.writeStringField("off-line", Element.word(limit.offLine()));
            if (limit instanceof Limit.Occupancy occupancy) {
                out.writeNumberField("occupancy", occupancy.most());
            } else if (limit instanceof Limit.Count count) {
                out.writeNumberField("entries", count.most());
                out.writeStringField("within", count.within().toString());
            } else if (limit instanceof Limit.Passback passback) {
                out.writeStringField("passback", Element.word(passback.mode()));
                if (!passback.within().isZero()) {
                    out.writeStringField("within", passback.within().toString());
                }
                texts("exempt", passback.exempt());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void obligations(List<Obligation> obligations) throws IOException {
        if (obligations.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("obligations");
        for (Obligation obligation : obligations) {
            out.writeStartObject();
            out.writeStringField("code", obligation.code());
            out.writeStringField("text", obligation.text());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void flag(String name, boolean value) throws IOException {
        if (value) {
            out.writeBooleanField(name, true);
        }
    }

    private void words(String name, Collection<? extends Enum<?>> values) throws IOException {
        list(name, values.stream().sorted().map(Element::word).toList());
    }

    /** Sets have no order; written they have one. */
    private void texts(String name, Collection<?> values) throws IOException {
        list(name, values.stream().map(Object::toString).sorted().toList());
    }

    private void list(String name, List<String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
