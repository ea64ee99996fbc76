/** The issuer's keys: a private one that signs, public ones that gates trust, and their life from active to revoked. */
@NullMarked
package io.gatehouse.codes.keys;

import org.jspecify.annotations.NullMarked;
