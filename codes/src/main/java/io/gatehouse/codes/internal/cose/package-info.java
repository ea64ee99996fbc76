/** COSE_Sign1 (RFC 9052) and the signature algorithms it is used with; the profile of passes stands above it. */
@NullMarked
package io.gatehouse.codes.internal.cose;

import org.jspecify.annotations.NullMarked;
