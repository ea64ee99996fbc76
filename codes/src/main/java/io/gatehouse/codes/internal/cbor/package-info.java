/** The part of CBOR (RFC 8949) that passes need, read strictly: one encoding for each value, everything else refused. */
@NullMarked
package io.gatehouse.codes.internal.cbor;

import org.jspecify.annotations.NullMarked;
