package io.gatehouse.core.identity;

/** What a person is to the site; rules and the fields that are collected differ by it. */
public enum PersonKind {
    EMPLOYEE,
    VISITOR,
    CONTRACTOR,
    /** A visitor from abroad, of whom other fields are asked. */
    FOREIGN_GUEST,
    /** Somebody at temporary building or maintenance work. */
    TEMPORARY_WORKER
}
