package io.gatehouse.devices.document;

import io.gatehouse.core.evidence.ManualEvidence;
import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What a Chinese resident card says of its holder. Immutable and thread-safe; {@code toString} tells nothing of it, and none of it is
 * kept by anything here.
 *
 * @param name        up to 15 characters
 * @param sex         GB/T 2261.1: {@code 1} male, {@code 2} female, {@code 0} and {@code 9} not said
 * @param nationality GB 3304, two digits
 * @param dateOfBirth as printed; it may differ from that in the number
 * @param address     up to 35 characters
 * @param number      with a check character that is right
 * @param issuer      up to 15 characters
 * @param validFrom   the first day
 * @param validUntil  the last day; empty if it is valid for ever
 */
public record ResidentCard(
        String name,
        char sex,
        String nationality,
        LocalDate dateOfBirth,
        String address,
        ResidentIdNumber number,
        String issuer,
        LocalDate validFrom,
        Optional<LocalDate> validUntil) {
    public ResidentCard {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a resident card has a name");
        }
        Objects.requireNonNull(nationality, "nationality");
        Objects.requireNonNull(dateOfBirth, "dateOfBirth");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(validFrom, "validFrom");
        if (validUntil.isPresent() && validUntil.get().isBefore(validFrom)) {
            throw new IllegalArgumentException("the card ends before it begins");
        }
    }

    /** Whether the card is valid on a day, both ends included. */
    public boolean isValidOn(LocalDate day) {
        return !day.isBefore(validFrom)
                && validUntil.map(last -> !day.isAfter(last)).orElse(true);
    }

    /** Whether the date that is printed is also in the number; if it is not, the guard should ask. */
    public boolean isConsistent() {
        return number.dateOfBirth().equals(dateOfBirth);
    }

    /**
     * The word of a guard who has seen the card and its holder; of the card it says only of what kind it is and whether it is valid.
     *
     * @param day the day at the desk
     */
    public ManualEvidence evidence(PersonId guard, PersonId claimed, LocalDate day, Instant at, String source) {
        String note = "resident identity card read by a reader, check character right, "
                + (isValidOn(day) ? "valid" : "not valid on " + day)
                + (isConsistent() ? "" : ", date of birth differs from that in its number");
        return new ManualEvidence(guard, claimed, note, at, source);
    }

    @Override
    public String toString() {
        return "ResidentCard[redacted]";
    }
}
