package io.gatehouse.devices.document;

import io.gatehouse.core.reason.Reason;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads machine-readable zones of the sizes TD1 (3 lines of 30), TD2 (2 of 36) and TD3 (2 of 44), as ICAO Doc 9303 has them. Stateless
 * and thread-safe; nothing is thrown for what a reader sends.
 */
public final class MrzCodec {
    private static final Pattern LINE = Pattern.compile("[A-Z0-9<]+");
    private static final int[] WEIGHTS = {7, 3, 1};
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private MrzCodec() {}

    /**
     * Reads the lines.
     *
     * @param today which century two digits of a year are of: birth is not after it, and the document's end is within 50 years
     */
    public static MrzReading decode(List<String> lines, LocalDate today) {
        for (String line : lines) {
            if (!LINE.matcher(line).matches()) {
                return refused(
                        "document.mrz-form",
                        "The lines have other characters than A to Z, digits and <: read them again.");
            }
        }
        List<Integer> lengths = lines.stream().map(String::length).toList();
        try {
            if (lengths.equals(List.of(30, 30, 30))) {
                return new MrzReading.Read(td1(lines, today));
            }
            if (lengths.equals(List.of(36, 36)) || lengths.equals(List.of(44, 44))) {
                return new MrzReading.Read(two(lines, today));
            }
        } catch (Wrong e) {
            return new MrzReading.Refused(e.reason);
        }
        return refused(
                "document.mrz-form",
                "The lines are %s characters long; 3 of 30, 2 of 36 or 2 of 44 are: read them again.",
                lengths);
    }

    private static MachineReadableZone td1(List<String> lines, LocalDate today) throws Wrong {
        String first = lines.get(0);
        String second = lines.get(1);
        Numbered number = number(first.substring(5, 14), first.charAt(14), first.substring(15));
        check("date of birth", second.substring(0, 6), second.charAt(6));
        check("last day", second.substring(8, 14), second.charAt(14));
        check(
                "whole",
                first.substring(5) + second.substring(0, 7) + second.substring(8, 15) + second.substring(18, 29),
                second.charAt(29));
        return zone(
                first,
                number,
                lines.get(2),
                second.substring(15, 18),
                second.substring(0, 6),
                second.charAt(7),
                second.substring(8, 14),
                second.substring(18, 29),
                today);
    }

    /** TD2 and TD3, which differ in their length and in a check digit of the personal number. */
    private static MachineReadableZone two(List<String> lines, LocalDate today) throws Wrong {
        String first = lines.get(0);
        String second = lines.get(1);
        boolean isTd3 = second.length() == 44;
        int end = second.length() - 1;
        String optional = second.substring(28, isTd3 ? 42 : end);
        Numbered number = isTd3
                ? number(second.substring(0, 9), second.charAt(9), "")
                : number(second.substring(0, 9), second.charAt(9), optional);
        check("date of birth", second.substring(13, 19), second.charAt(19));
        check("last day", second.substring(21, 27), second.charAt(27));
        if (isTd3) {
            check("personal number", optional, second.charAt(42));
        }
        check(
                "whole",
                second.substring(0, 10) + second.substring(13, 20) + second.substring(21, end),
                second.charAt(end));
        return zone(
                first,
                number,
                first.substring(5),
                second.substring(10, 13),
                second.substring(13, 19),
                second.charAt(20),
                second.substring(21, 27),
                isTd3 ? optional : "",
                today);
    }

    private record Numbered(String number, String optional) {}

    /** A number of more than nine characters goes on in the optional field, where its check digit then is (part 5, 4.2.2). */
    private static Numbered number(String field, char digit, String optional) throws Wrong {
        if (digit != '<' || optional.isEmpty()) {
            check("document number", field, digit);
            return new Numbered(plain(field), plain(optional));
        }
        int end = optional.indexOf('<');
        if (end < 2) {
            throw new Wrong(
                    "document.mrz-check", "The check digit of the document number is missing: read the lines again.");
        }
        String number = field + optional.substring(0, end - 1);
        check("document number", number, optional.charAt(end - 1));
        return new Numbered(number, plain(optional.substring(end)));
    }

    private static MachineReadableZone zone(
            String first,
            Numbered number,
            String names,
            String nationality,
            String birth,
            char sex,
            String end,
            String more,
            LocalDate today)
            throws Wrong {
        int split = names.indexOf("<<");
        String surname = plain(split < 0 ? names : names.substring(0, split));
        String given = split < 0 ? "" : plain(names.substring(split + 2));
        String optional = (number.optional + " " + plain(more)).strip();
        return new MachineReadableZone(
                plain(first.substring(0, 2)),
                plain(first.substring(2, 5)),
                number.number,
                surname,
                given,
                plain(nationality),
                birth(birth, today),
                sex == 'M' || sex == 'F' ? sex : 'X',
                end(end, today),
                optional);
    }

    private static Optional<LocalDate> birth(String digits, LocalDate today) throws Wrong {
        if (digits.indexOf('<') >= 0) {
            return Optional.empty();
        }
        LocalDate date = date(digits, today);
        return Optional.of(date.isAfter(today) ? date.minusYears(100) : date);
    }

    private static LocalDate end(String digits, LocalDate today) throws Wrong {
        LocalDate date = date(digits, today);
        if (date.isAfter(today.plusYears(50))) {
            return date.minusYears(100);
        }
        return date.isBefore(today.minusYears(50)) ? date.plusYears(100) : date;
    }

    private static LocalDate date(String digits, LocalDate today) throws Wrong {
        try {
            return LocalDate.of(
                    today.getYear() / 100 * 100 + Integer.parseInt(digits.substring(0, 2)),
                    Integer.parseInt(digits.substring(2, 4)),
                    Integer.parseInt(digits.substring(4, 6)));
        } catch (DateTimeException | NumberFormatException e) {
            throw new Wrong("document.mrz-date", "A date in the lines is none: read them again.");
        }
    }

    private static void check(String what, String field, char digit) throws Wrong {
        // An empty optional field may have < in the place of the digit 0.
        boolean isEmpty = field.chars().allMatch(each -> each == '<') && digit == '<';
        if (!isEmpty && checkDigit(field) != digit) {
            throw new Wrong("document.mrz-check", "The check digit of the %s is wrong: read the lines again.", what);
        }
    }

    /** Weights 7, 3, 1 over digits as they are, A to Z as 10 to 35 and the filler as 0; modulo 10 (part 3, 4.9). */
    static char checkDigit(String field) {
        int sum = 0;
        for (int i = 0; i < field.length(); i++) {
            sum += Math.max(0, LETTERS.indexOf(field.charAt(i))) * WEIGHTS[i % WEIGHTS.length];
        }
        return (char) ('0' + sum % 10);
    }

    private static String plain(String field) {
        return field.replace('<', ' ').strip().replaceAll(" +", " ");
    }

    private static MrzReading refused(String code, String text, Object... arguments) {
        return new MrzReading.Refused(Reason.format(code, text, arguments));
    }

    /** Ends the reading of a zone; goes no further than this class. */
    @SuppressWarnings("serial")
    private static final class Wrong extends Exception {
        private final transient Reason reason;

        Wrong(String code, String text, Object... arguments) {
            super(code);
            this.reason = Reason.format(code, text, arguments);
        }
    }
}
