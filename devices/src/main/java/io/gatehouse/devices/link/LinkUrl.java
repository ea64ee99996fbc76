package io.gatehouse.devices.link;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code scheme:address?name=value&name=value}. Every mistake is refused with the list of what is valid: a setting that
 * is silently ignored is found only at the door.
 */
record LinkUrl(String text, String scheme, String address, Map<String, String> parameters) {
    static final int MAX_LENGTH = 1_024;

    static LinkUrl parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a link's URL has at most " + MAX_LENGTH + " characters, this one " + text.length());
        }
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' is not a link's URL such as " + Links.EXAMPLES);
        }
        int question = text.indexOf('?', colon);
        String address = text.substring(colon + 1, question < 0 ? text.length() : question);
        if (address.isBlank()) {
            throw new IllegalArgumentException("'" + text + "' names no address; valid are " + Links.EXAMPLES);
        }
        String query = question < 0 ? "" : text.substring(question + 1);
        return new LinkUrl(text, text.substring(0, colon), address, parameters(text, query));
    }

    private static Map<String, String> parameters(String text, String query) {
        Map<String, String> found = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return found;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + pair + "' in " + text + " is not name=value");
            }
            String name = pair.substring(0, equals);
            if (found.put(name, pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("'" + name + "' is said twice in " + text);
            }
        }
        return found;
    }

    void requireOnly(Set<String> valid) {
        for (String name : parameters.keySet()) {
            if (!valid.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' in " + text + " is not a parameter of " + scheme
                        + " links; valid are " + (valid.isEmpty() ? "none" : new TreeSet<>(valid)));
            }
        }
    }

    int number(String name, int otherwise, int least, int most) {
        String value = parameters.get(name);
        return value == null ? otherwise : number(text, name, value, least, most);
    }

    static int number(String text, String name, String value, int least, int most) {
        int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    name + " in " + text + " is '" + value + "'; valid are " + least + " to " + most);
        }
        return number;
    }

    String word(String name, List<String> valid) {
        String value = parameters.getOrDefault(name, valid.get(0));
        if (!valid.contains(value)) {
            throw new IllegalArgumentException(name + " in " + text + " is '" + value + "'; valid are " + valid);
        }
        return value;
    }
}
