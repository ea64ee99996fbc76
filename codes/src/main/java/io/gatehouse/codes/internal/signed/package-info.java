/** What issuers sign besides passes: a payload in COSE_Sign1 under one of their keys. */
@NullMarked
package io.gatehouse.codes.internal.signed;

import org.jspecify.annotations.NullMarked;
