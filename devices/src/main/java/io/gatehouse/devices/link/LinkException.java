package io.gatehouse.devices.link;

import java.io.IOException;

/** A link cannot be opened, was closed or went away. The message names the link and says what to do. */
public class LinkException extends IOException {
    public LinkException(String message) {
        super(message);
    }

    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
