package io.gatehouse.devices.door;

/** What a door can be told by its inputs. A door is built with those that are wired. */
public enum DoorInput {
    /** The contact of the leaf: active while it is open. */
    CONTACT,
    /** The exit button, or the switch of a handle: active while somebody wants out. */
    EXIT_BUTTON,
    /** A sensor that cannot tell the way: becomes active for each person. */
    PASSAGE,
    /** A sensor that sees people go in: becomes active for each. */
    PASSAGE_IN,
    /** A sensor that sees people go out: becomes active for each. */
    PASSAGE_OUT,
    /** The switch of the bolt: active while it is thrown, that is locked. */
    BOLT,
    /** Somebody opens the controller or a reader. */
    TAMPER,
    /** Somebody asks for help without showing it. */
    DURESS;

    boolean isPassage() {
        return this == PASSAGE || this == PASSAGE_IN || this == PASSAGE_OUT;
    }
}
