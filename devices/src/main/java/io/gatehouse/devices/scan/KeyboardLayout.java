package io.gatehouse.devices.scan;

import java.util.Optional;

/**
 * Gives back what a keyboard wedge meant. Such a scanner presses the keys of an American keyboard; where the machine
 * takes them for another's, {@code Z} becomes {@code Y} and most signs become others. Immutable and thread-safe.
 */
public enum KeyboardLayout {
    US(Keys.US, Keys.US_SHIFTED),
    GERMAN("^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-", "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"),
    FRENCH("²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!", "\0" + "1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§");

    /** Where a shifted key gives nothing. */
    private static final char NONE = '\0';

    private final String plain;
    private final String shifted;

    KeyboardLayout(String plain, String shifted) {
        this.plain = plain;
        this.shifted = shifted;
    }

    /** The keys of a keyboard from the left above to the right below. */
    private static final class Keys {
        static final String US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./";
        static final String US_SHIFTED = "~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
    }

    /**
     * What the scanner meant, of what arrived on a machine with this layout.
     *
     * @return empty if there is a character that no key of it gives, such as a letter that a dead key was put on
     */
    public Optional<String> restore(String arrived) {
        StringBuilder text = new StringBuilder(arrived.length());
        for (int i = 0; i < arrived.length(); i++) {
            char character = arrived.charAt(i);
            int key = plain.indexOf(character);
            int shiftedKey = shifted.indexOf(character);
            if (character == ' ') {
                text.append(' ');
            } else if (key >= 0) {
                text.append(Keys.US.charAt(key));
            } else if (shiftedKey >= 0 && character != NONE) {
                text.append(Keys.US_SHIFTED.charAt(shiftedKey));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(text.toString());
    }
}
