package dev.keyway.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyway.app.Golden;
import dev.keyway.app.config.StorePlace;
import dev.keyway.app.profile.Profiles;
import dev.keyway.app.profile.ShippedProfiles;
import dev.keyway.cli.ClientCommands;
import dev.keyway.cli.Terminal;
import dev.keyway.core.operator.CreateOperatorKey;
import dev.keyway.core.operator.NewOperatorKey;
import dev.keyway.core.operator.OperatorKey;
import dev.keyway.core.operator.OperatorKeyId;
import dev.keyway.core.product.Product;
import dev.keyway.core.tenancy.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Recorder program = new Recorder();

  /** Stands where the server will, and notes what it would start from. */
  private static final class Recorder implements Program {
    private final List<Start> served = new ArrayList<>();
    private final List<Start> demos = new ArrayList<>();
    private Runnable whileRunning = () -> {};

    @Override
    public int serve(Start start) {
      served.add(start);
      whileRunning.run();
      return 0;
    }

    @Override
    public int demo(Start start) {
      demos.add(start);
      whileRunning.run();
      return 0;
    }
  }

  /** Stands where a store's operator keys will; no test here comes so far. */
  private static final class NoOperatorKeys implements OperatorKeys {
    @Override
    public NewOperatorKey create(Start installation, CreateOperatorKey.Command command) {
      throw new AssertionError("no store");
    }

    @Override
    public List<OperatorKey> list(StorePlace place) {
      throw new AssertionError("no store");
    }

    @Override
    public void revoke(StorePlace place, OperatorKeyId id) {
      throw new AssertionError("no store");
    }
  }

  private int run(String... arguments) {
    var surroundings =
        new Surroundings(
            new PrintWriter(out, true), new PrintWriter(err, true), Map.of("SECRET", "x")::get);
    return CommandTree.of(
            surroundings,
            ClientCommands.of(
                new Terminal(
                    surroundings.out(),
                    surroundings.err(),
                    InputStream.nullInputStream(),
                    Map.of("XDG_CONFIG_HOME", folder.toString())::get,
                    null)),
            new ServeCommand(surroundings, program),
            new DemoCommand(surroundings, program),
            new InitCommand(surroundings),
            new BackupCommand(surroundings),
            new RestoreCommand(surroundings, new LocalTrail(new Ids(new SecureRandom()))),
            new MigrateStoreCommand(surroundings, new LocalTrail(new Ids(new SecureRandom()))),
            new OperatorKeyCommand(surroundings, new NoOperatorKeys()))
        .execute(arguments);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void writeProfile(String text) throws IOException {
    Path file = folder.resolve("data/profiles/memo.yaml");
    Files.createDirectories(file.resolveSibling(""));
    // As the program itself makes it; start-up warns of any other.
    Files.setPosixFilePermissions(
        folder.resolve("data"), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(file, text);
  }

  @Test
  void help_isAsKept() throws Exception {
    var all = new StringBuilder();
    for (String command :
        List.of(
            "--help",
            "serve -h",
            "demo -h",
            "init -h",
            "backup -h",
            "restore -h",
            "migrate-store -h",
            "operator-key -h",
            "operator-key create -h",
            "operator-key list -h",
            "operator-key revoke -h")) {
      String[] call = command.split(" ");
      assertThat(run(call)).isZero();
      all.append("$ keyway ").append(String.join(" ", call)).append('\n').append(out).append('\n');
      out.getBuffer().setLength(0);
    }
    Golden.assertSame(Path.of("src/test/resources/golden/help.txt"), all.toString());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void help_asACommand_isTheSame() {
    assertThat(run("help")).isZero();
    assertThat(out.toString()).startsWith("Usage: keyway").contains("./keyway").contains("bench");
    out.getBuffer().setLength(0);
    assertThat(run("help", "backup")).isZero();
    assertThat(out.toString()).startsWith("Usage: keyway backup");
  }

  @Test
  void init_nameMadeFit_saysSo() {
    assertThat(run("init", "My Product", "--data", data())).isZero();
    assertThat(out.toString()).contains("product my-product (made of 'My Product'");
    out.getBuffer().setLength(0);
    assertThat(run("init", "acme", "--data", data())).isZero();
    assertThat(out.toString()).contains("product acme, keys begin with");
  }

  @Test
  void migrateStore_withoutAPlaceToMoveTo_saysWhereToNameIt() throws Exception {
    Files.createDirectories(Path.of(data()));
    assertThat(run("migrate-store", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString()).contains("'store:'");
  }

  @Test
  void migrateStore_withoutAStore_leavesTheFolderAsItIs() throws Exception {
    Files.createDirectories(Path.of(data()));
    Path settings = folder.resolve("keyway.yaml");
    Files.writeString(settings, "store: {url: 'jdbc:postgresql://db/keyway', user: keyway}");
    assertThat(run("migrate-store", "--data", data(), "--config", settings.toString()))
        .isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString()).contains("no SQLite store");
    assertThat(Path.of(data())).isEmptyDirectory();
  }

  @Test
  void backup_ofPostgres_namesTheToolsForIt() throws Exception {
    Files.createDirectories(Path.of(data()));
    Files.writeString(
        Path.of(data(), "keyway.yaml"),
        """
        store: {url: "jdbc:postgresql://127.0.0.1:1/keyway", user: keyway, password: "${env:SECRET}"}
        """);

    assertThat(run("backup", "backup.db", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString()).contains("the store is in PostgreSQL").contains("pg_dump");
  }

  @Test
  void restore_folderWithSomethingInIt_isRefused() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    assertThat(run("restore", "backup.db", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString()).contains("holds profiles; restore only writes to an empty folder");
  }

  @Test
  void version() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("keyway [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
  }

  @Test
  void nothingAsked_showsHelp() {
    assertThat(run()).isEqualTo(CommandTree.USAGE);
    assertThat(err.toString()).startsWith("Usage: keyway");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sevre | unknown command 'sevre'; did you mean 'serve'? (see keyway --help)",
        "frobnicate | unknown command 'frobnicate' (see keyway --help)",
        "serve --prot 1 | unknown option '--prot'; did you mean '--port'? (see keyway serve --help)",
        "serve more | unexpected argument 'more' (see keyway serve --help)",
        "serve --port 70000 | Invalid value for option '--port': must be from 0 to 65535, not '70000' (see keyway serve --help)",
        "init | missing NAME (see keyway init --help)",
        "operator-key | Missing required subcommand (see keyway operator-key --help)",
        "operator-key revok x | unknown command 'revok'; did you mean 'revoke'? (see keyway operator-key --help)",
        "operator-key create a --rights rule | Invalid value for option '--rights' (RIGHT): expected one of [VERIFY, READ, MANAGE] (case-insensitive) but was 'rule' (see keyway operator-key create --help)",
      })
  void misuse_isOneLineAndCode2(String call, String message) {
    assertThat(run(call.split(" "))).isEqualTo(CommandTree.USAGE);
    assertThat(err.toString()).isEqualTo("keyway: " + message + System.lineSeparator());
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void serve_withoutProfiles_namesInit() {
    assertThat(run("serve", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString())
        .isEqualTo(
            "keyway: no profile in %s; 'keyway init NAME' writes one to start from%n"
                .formatted(folder.resolve("data/profiles")));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void serve_startsFromFolderSettingsAndFlags() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    Files.writeString(
        folder.resolve("data/keyway.yaml"),
        """
        control: {listen: "127.0.0.1:1"}
        gateway: {listen: "127.0.0.1:2"}
        upstreams: {memo: {mcp: "http://127.0.0.1:3"}}
        """);
    assertThat(run("serve", "--data", data(), "--port", "0")).isZero();
    Start start = program.served.getFirst();
    assertThat(start.data()).isEqualTo(folder.resolve("data"));
    assertThat(start.config().control().listen()).hasToString("127.0.0.1:0");
    assertThat(start.config().gateway().listen()).hasToString("127.0.0.1:2");
    assertThat(start.profiles().products().find("memo").orElseThrow().upstreams().get("mcp"))
        .hasFieldOrPropertyWithValue("url", URI.create("http://127.0.0.1:3"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void serve_otherFolders() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    Path settings = Files.writeString(folder.resolve("other.yaml"), "cache: {max-keys: 7}\n");
    Path data = folder.resolve("fresh");
    String profiles = folder.resolve("data/profiles").toString();
    assertThat(
            run(
                "serve",
                "--data",
                data.toString(),
                "--profiles",
                profiles,
                "--config",
                settings.toString(),
                "--gateway-port",
                "9"))
        .isZero();
    assertThat(program.served.getFirst().config().cacheMaxKeys()).isEqualTo(7);
    assertThat(program.served.getFirst().config().gateway().listen().port()).isEqualTo(9);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void serve_mistakenProfile_saysLinesAndNothingElse() throws Exception {
    writeProfile(ShippedProfiles.text("memo").replace("carriers:", "carrier:"));
    assertThat(run("serve", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString())
        .matches(".*memo\\.yaml:[0-9]+: unknown field 'carrier'; did you mean 'carriers'\\?\\R");
    assertThat(program.served).isEmpty();
  }

  @Test
  void serve_mistakenSettings() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    Files.writeString(folder.resolve("data/keyway.yaml"), "\ncontrol: {listen: '0.0.0.0:1'}\n");
    assertThat(run("serve", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString())
        .contains("keyway.yaml:2: control: other machines reach 0.0.0.0:1, so control.public-url");
  }

  @Test
  void serve_missingSettingsThatWereNamed() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    String named = folder.resolve("none.yaml").toString();
    assertThat(run("serve", "--data", data(), "--config", named)).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString()).isEqualTo(named + ": cannot be read" + System.lineSeparator());
  }

  @Test
  void serve_doubtfulSettings_warnsAndStarts() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    Files.writeString(
        folder.resolve("data/keyway.yaml"),
        "insecure-http: true\ncontrol: {listen: '0.0.0.0:1'}\n");
    assertThat(run("serve", "--data", data())).isZero();
    assertThat(err.toString())
        .startsWith("keyway: warning: control on 0.0.0.0:1 speaks plain HTTP");
    assertThat(program.served).hasSize(1);
  }

  @Test
  void serve_onFilesThatOthersReach_warnsOfEach() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    Path data = folder.resolve("data");
    Files.writeString(data.resolve("operator-key"), "x");
    Files.setPosixFilePermissions(
        data.resolve("operator-key"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(data.resolve("keyway.yaml"), "");
    Files.setPosixFilePermissions(
        data.resolve("keyway.yaml"), PosixFilePermissions.fromString("rw-rw-r--"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(run("serve", "--data", data())).isZero();
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("keyway: warning: ")
                    .contains("holds the database", "can read it; run: chmod 700 "),
            line -> assertThat(line).contains("operator-key holds a key", "chmod 600 "),
            line -> assertThat(line).contains("keyway.yaml decides", "can change it", "go-w"));
  }

  @Test
  void serve_withItselfAsUpstream_isRefused() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    Files.writeString(
        folder.resolve("data/keyway.yaml"), "upstreams: {memo: {mcp: 'http://localhost:7701'}}");
    assertThat(run("serve", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString())
        .isEqualTo(
            "keyway: upstream memo.mcp is http://localhost:7701, which is Keyway itself%n"
                .formatted());
  }

  @Test
  void serve_second_isRefusedWhileTheFirstRuns() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    var codes = new ArrayList<Integer>();
    program.whileRunning =
        () -> {
          program.whileRunning = () -> {};
          codes.add(run("serve", "--data", data()));
        };
    assertThat(run("serve", "--data", data())).isZero();
    assertThat(codes).containsExactly(CommandTree.FAILURE);
    assertThat(err.toString()).startsWith("keyway: another keyway runs on the data folder");
    assertThat(run("serve", "--data", data())).isZero();
  }

  @Test
  void serve_failures_areOneLine() throws Exception {
    writeProfile(ShippedProfiles.text("memo"));
    program.whileRunning =
        () -> {
          throw new CommandFailedException("port 7700 is taken");
        };
    assertThat(run("serve", "--data", data())).isEqualTo(CommandTree.FAILURE);
    program.whileRunning =
        () -> {
          throw new IllegalStateException("two\nlines");
        };
    assertThat(run("serve", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("keyway: port 7700 is taken"),
            line ->
                assertThat(line)
                    .startsWith("keyway: this is a bug: ")
                    .contains("IllegalStateException at ")
                    // What a bug says may quote a key.
                    .doesNotContain("two"));
  }

  @Test
  void demo_startsFromTheShippedProfiles() {
    assertThat(run("demo", "--data", data(), "--port", "0", "--gateway-port", "0")).isZero();
    Start start = program.demos.getFirst();
    assertThat(start.profiles().products().all())
        .extracting(Product::slug)
        .containsExactlyElementsOf(ShippedProfiles.NAMES);
    assertThat(start.config().gateway().listen()).hasToString("127.0.0.1:0");
    assertThat(folder.resolve("data/keyway.lock")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "acme, acme, acme_",
    "Acme Cloud!, acme-cloud, acmecloud_",
    "3d prints, d-prints, dprints_",
    "a-very-long-name-of-a-product-that-goes-on, a-very-long-name-of-a-product-t, averylongnameofaproduct_",
    "memo, memo, mk_live_"
  })
  void init_writesProfileThatServeTakes(String name, String slug, String prefix) {
    assertThat(run("init", name, "--data", data())).isZero();
    Path file = folder.resolve("data/profiles/" + slug + ".yaml");
    Product product =
        Profiles.read(file.resolveSibling(""), _ -> null).products().find(slug).orElseThrow();
    assertThat(product.key().prefix()).isEqualTo(prefix);
    assertThat(out.toString())
        .contains("Wrote " + file, "keys begin with " + prefix, "./keyway serve --data " + data());
    assertThat(err.toString()).isEmpty();
    assertThat(run("serve", "--data", data())).isZero();
  }

  @Test
  void init_namedProfilesFolder() {
    String profiles = folder.resolve("p").toString();
    assertThat(run("init", "acme", "--profiles", profiles)).isZero();
    assertThat(folder.resolve("p/acme.yaml")).exists();
    assertThat(out.toString()).contains("./keyway serve --profiles " + profiles);
  }

  @Test
  void init_existingFile_isLeftAsItIs() throws Exception {
    writeProfile("mine\n");
    assertThat(run("init", "memo", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(folder.resolve("data/profiles/memo.yaml")).hasContent("mine");
    assertThat(err.toString()).endsWith("memo.yaml exists already and is left as it is\n");
  }

  @Test
  void init_besidePrefixOfSameLetters_saysSo() {
    assertThat(run("init", "ac-me", "--data", data())).isZero();
    assertThat(run("init", "acme", "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString()).contains("key prefix 'acme_' and 'acme_' of ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "!", "ключ", ".."})
  void init_nameWithoutLetter(String name) {
    assertThat(run("init", name, "--data", data())).isEqualTo(CommandTree.FAILURE);
    assertThat(err.toString())
        .isEqualTo("keyway: '%s' makes no product name; it needs a letter first%n".formatted(name));
    assertThat(folder.resolve("data")).doesNotExist();
  }
}
