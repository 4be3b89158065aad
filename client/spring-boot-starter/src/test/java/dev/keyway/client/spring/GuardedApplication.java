package dev.keyway.client.spring;

import dev.keyway.client.KeywayIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application as somebody else would write it. */
@SpringBootApplication
class GuardedApplication {

  @RestController
  static class Machines {

    @GetMapping("/machines")
    String list(KeywayIdentity caller) {
      return "machines of " + caller.accountId();
    }

    @GetMapping("/later")
    Callable<String> later(KeywayIdentity caller) {
      return () -> "later for " + caller.keyId();
    }

    @GetMapping("/open")
    String open(Optional<KeywayIdentity> caller) {
      return "open to " + caller.map(KeywayIdentity::accountId).orElse("all");
    }

    @RequestMapping("/method")
    String method(HttpServletRequest request) {
      return "by " + request.getMethod();
    }

    @GetMapping("/seen")
    String seen(
        @RequestHeader(name = "Authorization", required = false) Optional<String> key,
        @RequestHeader("Keyway-Account-Id") String account) {
      return key.orElse("no key") + ", " + account;
    }
  }
}
