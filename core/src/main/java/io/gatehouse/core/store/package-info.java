/** Opening a database by URL, migrations, transactions. No tables of its own but the list of migrations: each room owns its tables. */
@NullMarked
package io.gatehouse.core.store;

import org.jspecify.annotations.NullMarked;
