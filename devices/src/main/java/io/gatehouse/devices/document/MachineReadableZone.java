package io.gatehouse.devices.document;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * The machine-readable zone of a passport or identity card, every check digit of it right (ICAO Doc 9303 parts 3 to 6). Immutable and
 * thread-safe; {@code toString} tells nothing of the holder.
 *
 * @param documentCode {@code P}, {@code I}, {@code ID}, …
 * @param issuer       who issued it, up to three letters
 * @param number       of the document
 * @param surname      the primary identifier
 * @param givenNames   the secondary one; empty if there is none
 * @param nationality  up to three letters
 * @param dateOfBirth  empty if the day or month is not known
 * @param sex          {@code M}, {@code F} or {@code X}
 * @param validUntil   the last day
 * @param optional     what the issuer added, such as a personal number
 */
public record MachineReadableZone(
        String documentCode,
        String issuer,
        String number,
        String surname,
        String givenNames,
        String nationality,
        Optional<LocalDate> dateOfBirth,
        char sex,
        LocalDate validUntil,
        String optional) {
    public MachineReadableZone {
        Objects.requireNonNull(documentCode, "documentCode");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(surname, "surname");
        Objects.requireNonNull(givenNames, "givenNames");
        Objects.requireNonNull(nationality, "nationality");
        Objects.requireNonNull(dateOfBirth, "dateOfBirth");
        Objects.requireNonNull(validUntil, "validUntil");
        Objects.requireNonNull(optional, "optional");
    }

    @Override
    public String toString() {
        return "MachineReadableZone[" + documentCode + ", " + issuer + "]";
    }
}
