/** What a person is told about their face, in several languages. */
@NullMarked
package io.gatehouse.biometrics.face.message;

import org.jspecify.annotations.NullMarked;
