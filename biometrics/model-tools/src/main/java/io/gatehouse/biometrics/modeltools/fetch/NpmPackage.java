package io.gatehouse.biometrics.modeltools.fetch;

/**
 * A published npm package of one version, with the digest of its tarball. Immutable.
 *
 * @param name with scope, such as {@code @scope/name}
 * @param version exact, such as {@code 1.2.3}
 * @param tarballSha256 digest of the tarball that {@code npm pack} fetches
 */
public record NpmPackage(String name, String version, Sha256 tarballSha256) {
    public NpmPackage {
        if (!name.matches("(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*")) {
            throw new IllegalArgumentException("not the name of an npm package: '" + name + "'");
        }
        if (!version.matches("[0-9][0-9A-Za-z.+-]*")) {
            throw new IllegalArgumentException("not an exact version: '" + version + "'");
        }
    }

    /** Reads {@code NAME@VERSION}. */
    public static NpmPackage of(String spec, Sha256 tarballSha256) {
        int at = spec.lastIndexOf('@');
        if (at <= 0) {
            throw new IllegalArgumentException("expected NAME@VERSION, this is '" + spec + "'");
        }
        return new NpmPackage(spec.substring(0, at), spec.substring(at + 1), tarballSha256);
    }

    /** {@code NAME@VERSION}, as npm takes it. */
    public String spec() {
        return name + "@" + version;
    }

    /** The file name that {@code npm pack} gives the tarball. */
    public String tarballName() {
        return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
    }
}
